"""Addresses of posts, tags, categories and the archive."""

from django.urls import path, re_path

from apps.common.slugs import SLUG_PATTERN
from apps.posts.views import bulk, history, posts, publishing, reviews, series, taxonomy, together

app_name = "posts"
_POST = rf"posts/(?P<slug>{SLUG_PATTERN})"
_NUMBER = r"(?P<number>[0-9]{1,9})"

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
    re_path(
        rf"^{_POST}/revisions$", history.RevisionViewSet.as_view({"get": "list", "post": "create"}), name="revisions"
    ),
    re_path(
        rf"^{_POST}/revisions/{_NUMBER}$",
        history.RevisionViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="revision",
    ),
    re_path(
        rf"^{_POST}/revisions/{_NUMBER}/restore$",
        history.RevisionViewSet.as_view({"post": "restore"}),
        name="restore-revision",
    ),
    re_path(
        rf"^{_POST}/working-copy$",
        history.WorkingCopyViewSet.as_view({"get": "retrieve", "put": "update", "delete": "destroy"}),
        name="working-copy",
    ),
    re_path(
        rf"^{_POST}/working-copy/publish$",
        history.WorkingCopyViewSet.as_view({"post": "publish"}),
        name="publish-working-copy",
    ),
    re_path(rf"^{_POST}/co-authors/(?P<username>[^/]{{1,60}})$", together.CoAuthorView.as_view(), name="co-author"),
    re_path(rf"^{_POST}/presence$", together.PresenceView.as_view(), name="presence"),
    re_path(rf"^{_POST}/submit$", reviews.ReviewViewSet.as_view({"post": "submit"}), name="submit-post"),
    re_path(rf"^{_POST}/approve$", reviews.ReviewViewSet.as_view({"post": "approve"}), name="approve-post"),
    re_path(rf"^{_POST}/send-back$", reviews.ReviewViewSet.as_view({"post": "send_back"}), name="send-back-post"),
    re_path(
        rf"^{_POST}/review-notes$",
        reviews.ReviewNoteViewSet.as_view({"get": "list", "post": "create"}),
        name="review-notes",
    ),
    re_path(
        rf"^{_POST}/review-notes/(?P<pk>[0-9]{{1,15}})$",
        reviews.ReviewNoteViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="review-note",
    ),
    re_path(rf"^{_POST}/further-reading$", series.FurtherReadingView.as_view(), name="further-reading"),
    re_path(rf"^{_POST}/checks$", publishing.CheckView.as_view(), name="checks"),
    re_path(
        rf"^{_POST}/preview-links$",
        publishing.PreviewLinkViewSet.as_view({"get": "list", "post": "create"}),
        name="preview-links",
    ),
    re_path(
        rf"^{_POST}/preview-links/{_NUMBER}$",
        publishing.PreviewLinkViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
        name="preview-link",
    ),
    path("previews", publishing.PreviewView.as_view(), name="previews"),
    path("archive", taxonomy.ArchiveView.as_view(), name="archive"),
    path("tags", taxonomy.TagViewSet.as_view({"get": "list"}), name="tags"),
    re_path(rf"^tags/(?P<slug>{SLUG_PATTERN})$", taxonomy.TagViewSet.as_view({"get": "retrieve"}), name="tag"),
    path("categories", taxonomy.CategoryViewSet.as_view({"get": "list"}), name="categories"),
    re_path(
        rf"^categories/(?P<slug>{SLUG_PATTERN})$",
        taxonomy.CategoryViewSet.as_view({"get": "retrieve"}),
        name="category",
    ),
    path("series", series.SeriesViewSet.as_view({"get": "list"}), name="series-list"),
    re_path(rf"^series/(?P<slug>{SLUG_PATTERN})$", series.SeriesViewSet.as_view({"get": "retrieve"}), name="series"),
    path("markdown/preview", taxonomy.MarkdownPreviewView.as_view(), name="markdown-preview"),
]
