"""Addresses of likes, the reading list and followed tags."""

from django.urls import path, re_path

from apps.common.slugs import SLUG_PATTERN
from apps.reactions import views

app_name = "reactions"

_POST = rf"^posts/(?P<slug>{SLUG_PATTERN})"

urlpatterns = [
    re_path(rf"{_POST}/like$", views.PostLikeView.as_view(), name="post-like"),
    re_path(rf"{_POST}/bookmark$", views.BookmarkView.as_view(), name="bookmark"),
    re_path(rf"{_POST}/my-reactions$", views.MyReactionsView.as_view(), name="my-reactions"),
    path("comments/<int:pk>/like", views.CommentLikeView.as_view(), name="comment-like"),
    re_path(rf"^tags/(?P<slug>{SLUG_PATTERN})/follow$", views.TagFollowView.as_view(), name="tag-follow"),
    path("me/bookmarks", views.BookmarksView.as_view(), name="bookmarks"),
    path("me/followed-tags", views.FollowedTagsView.as_view(), name="followed-tags"),
]
