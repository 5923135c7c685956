"""Addresses of threads and comments."""

from django.urls import path, re_path

from apps.comments import views
from apps.common.slugs import SLUG_PATTERN

app_name = "comments"

urlpatterns = [
    re_path(
        rf"^posts/(?P<slug>{SLUG_PATTERN})/comments$",
        views.ThreadViewSet.as_view({"get": "list", "post": "create"}),
        name="thread",
    ),
    re_path(
        rf"^posts/(?P<slug>{SLUG_PATTERN})/comments/status$", views.ThreadStatusView.as_view(), name="thread-status"
    ),
    re_path(rf"^posts/(?P<slug>{SLUG_PATTERN})/mentionable$", views.MentionableView.as_view(), name="mentionable"),
    path(
        "comments/<int:pk>",
        views.CommentViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="comment",
    ),
    path("comments/<int:pk>/edits", views.CommentViewSet.as_view({"get": "edits"}), name="comment-edits"),
]
