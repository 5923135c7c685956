"""Addresses of posts, tags, categories and the archive."""

from django.urls import path, re_path

from apps.common.slugs import SLUG_PATTERN
from apps.posts.views import bulk, posts, taxonomy

app_name = "posts"
_POST = rf"posts/(?P<slug>{SLUG_PATTERN})"

urlpatterns = [
    path("posts", posts.PostViewSet.as_view({"get": "list", "post": "create"}), name="posts"),
    re_path(
        rf"^{_POST}$",
        posts.PostViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="post",
    ),
    re_path(rf"^{_POST}/publish$", posts.PostViewSet.as_view({"post": "publish"}), name="publish"),
    re_path(rf"^{_POST}/unpublish$", posts.PostViewSet.as_view({"post": "unpublish"}), name="unpublish"),
    re_path(rf"^{_POST}/schedule$", posts.PostViewSet.as_view({"post": "schedule"}), name="schedule"),
    re_path(rf"^{_POST}/archive$", posts.PostViewSet.as_view({"post": "archive"}), name="archive-post"),
    re_path(rf"^{_POST}/restore$", posts.PostViewSet.as_view({"post": "restore"}), name="restore-post"),
    re_path(rf"^{_POST}/duplicate$", posts.PostViewSet.as_view({"post": "duplicate"}), name="duplicate-post"),
    path("post-actions", bulk.PostActionsView.as_view(), name="post-actions"),
    path("archive", taxonomy.ArchiveView.as_view(), name="archive"),
    path("tags", taxonomy.TagViewSet.as_view({"get": "list"}), name="tags"),
    re_path(rf"^tags/(?P<slug>{SLUG_PATTERN})$", taxonomy.TagViewSet.as_view({"get": "retrieve"}), name="tag"),
    path("categories", taxonomy.CategoryViewSet.as_view({"get": "list"}), name="categories"),
    re_path(
        rf"^categories/(?P<slug>{SLUG_PATTERN})$",
        taxonomy.CategoryViewSet.as_view({"get": "retrieve"}),
        name="category",
    ),
    path("markdown/preview", taxonomy.MarkdownPreviewView.as_view(), name="markdown-preview"),
]
