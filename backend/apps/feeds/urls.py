"""Addresses of what programs read: feeds, sitemaps and the like. They stand at the site's root."""

from django.urls import path, re_path

from apps.feeds.views.discovery import oembed, opensearch
from apps.feeds.views.elsewhere import moved
from apps.feeds.views.feeds import feed
from apps.feeds.views.sitemaps import robots, sitemap, sitemap_file

app_name = "feeds"

_FEED = r"feed\.(?P<kind>rss|atom|json)$"

urlpatterns = [
    re_path(rf"^{_FEED}", feed, {"channel": "site"}, name="site"),
    re_path(rf"^tags/(?P<slug>[^/]+)/{_FEED}", feed, {"channel": "tag"}, name="tag"),
    re_path(rf"^categories/(?P<slug>[^/]+)/{_FEED}", feed, {"channel": "category"}, name="category"),
    re_path(rf"^series/(?P<slug>[^/]+)/{_FEED}", feed, {"channel": "series"}, name="series"),
    re_path(rf"^authors/(?P<username>[^/]+)/{_FEED}", feed, {"channel": "author"}, name="author"),
    re_path(rf"^comments/{_FEED}", feed, {"channel": "comments"}, name="comments"),
    re_path(rf"^posts/(?P<slug>[^/]+)/{_FEED}", feed, {"channel": "discussion"}, name="discussion"),
    path("sitemap.xml", sitemap, name="sitemap"),
    re_path(r"^sitemaps/(?P<kind>[a-z]+)-(?P<number>[1-9]\d*)\.xml$", sitemap_file, name="sitemap-file"),
    path("robots.txt", robots, name="robots"),
    path("oembed", oembed, name="oembed"),
    path("opensearch.xml", opensearch, name="opensearch"),
    re_path(r"^(?:rss\.xml|feed\.xml|rss/?|feed(?:/rss2?)?/?)$", moved, {"to": "/feed.rss"}),
    re_path(r"^(?:atom\.xml|atom/?|feed/atom/?)$", moved, {"to": "/feed.atom"}),
    re_path(r"^comments/feed/?$", moved, {"to": "/comments/feed.rss"}),
]
