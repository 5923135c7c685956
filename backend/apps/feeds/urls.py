"""Addresses of what programs read: feeds, sitemaps and the like. They stand at the site's root."""

from django.urls import re_path

from apps.feeds.views.feeds import feed

app_name = "feeds"

_FEED = r"feed\.(?P<kind>rss|atom|json)$"

urlpatterns = [
    re_path(rf"^{_FEED}", feed, {"channel": "site"}, name="site"),
    re_path(rf"^tags/(?P<slug>[^/]+)/{_FEED}", feed, {"channel": "tag"}, name="tag"),
    re_path(rf"^categories/(?P<slug>[^/]+)/{_FEED}", feed, {"channel": "category"}, name="category"),
    re_path(rf"^authors/(?P<username>[^/]+)/{_FEED}", feed, {"channel": "author"}, name="author"),
    re_path(rf"^comments/{_FEED}", feed, {"channel": "comments"}, name="comments"),
    re_path(rf"^posts/(?P<slug>[^/]+)/{_FEED}", feed, {"channel": "discussion"}, name="discussion"),
]
