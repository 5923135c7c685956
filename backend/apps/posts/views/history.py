"""Revisions and working copies over HTTP."""

from typing import Any

from django.urls import reverse
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.scopes import Scope
from apps.common.idempotency import idempotent
from apps.common.pagination import Order, PageQuery
from apps.posts.docs import history as docs
from apps.posts.models import Post, Revision, WorkingCopy
from apps.posts.serializers.history import (
    RestoreSerializer,
    RevisionCreateSerializer,
    RevisionNameSerializer,
    RevisionSerializer,
    RevisionSummarySerializer,
    WorkingCopySerializer,
    WorkingCopyWriteSerializer,
)
from apps.posts.services import history, working_copies
from apps.posts.views.edited import EditedPostViewSet
from apps.posts.views.posts import post_answer

NEWEST = Order("revisions", ("-number",))


class _HistoryViewSet(EditedPostViewSet):
    """Revisions and working copies answer for each other: a revision may be brought back into a working copy."""

    def begins_working_copy(self) -> bool:
        """Whether the caller asks for a new working copy, and not to change the one that they saw."""
        return self.request.headers.get("If-None-Match", "").strip() == "*"

    def working_copy_answer(self, working_copy: WorkingCopy, **kwargs: Any) -> Response:
        return Response(WorkingCopySerializer(working_copy).data, **kwargs)

    def write_working_copy(self, post: Post, changes: Any, **options: Any) -> WorkingCopy:
        """Begin or change the working copy, as the conditional headers say."""
        options = {"post": post, "changes": changes, "editor": caller(self.request), **options}
        if self.begins_working_copy():
            return working_copies.create_working_copy(**options)
        return working_copies.update_working_copy(**options, expected=self.expected_versions())


@docs.revisions
class RevisionViewSet(_HistoryViewSet):
    """The history of one post."""

    scopes = {
        "list": Scope.POSTS_READ,
        "retrieve": Scope.POSTS_READ,
        "create": Scope.POSTS_WRITE,
        "partial_update": Scope.POSTS_WRITE,
        "restore": Scope.POSTS_WRITE,
    }
    query_serializers = {"list": PageQuery}

    def get_revision(self, post: Post) -> Revision:
        revisions = Revision.objects.filter(post=post).select_related("author")
        revision = revisions.filter(number=int(self.kwargs["number"])).first()
        if revision is None:
            raise NotFound("There is no revision of this number; it may have been thinned out.")
        return revision

    def list(self, request: Request, slug: str) -> Response:
        revisions = Revision.objects.filter(post=self.get_post()).select_related("author").defer("body", "content")
        page = self.page(revisions, NEWEST)
        return self.page_response(page, list(RevisionSummarySerializer(page.rows, many=True).data))

    def retrieve(self, request: Request, slug: str, number: str) -> Response:
        return Response(RevisionSerializer(self.get_revision(self.get_post())).data)

    @idempotent
    def create(self, request: Request, slug: str) -> Response:
        post = self.get_post()
        serializer = RevisionCreateSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        changes = serializer.validated_data
        name, editor = changes.pop("name", ""), caller(request)
        if changes:
            revision = working_copies.keep_version(post=post, changes=changes, editor=editor, name=name)
        else:
            revision = working_copies.name_present(post=post, name=name, editor=editor)
        response = Response(RevisionSerializer(revision).data, status=status.HTTP_201_CREATED)
        kwargs = {"slug": post.slug, "number": str(revision.number)}
        response.headers["Location"] = reverse("posts:revision", kwargs=kwargs)
        return response

    def partial_update(self, request: Request, slug: str, number: str) -> Response:
        revision = self.get_revision(self.get_post())
        serializer = RevisionNameSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        history.name_revision(revision=revision, name=serializer.validated_data["name"])
        return Response(RevisionSerializer(revision).data)

    def restore(self, request: Request, slug: str, number: str) -> Response:
        post = self.get_post()
        revision = self.get_revision(post)
        serializer = RestoreSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        if serializer.validated_data["to"] == "working_copy":
            changes = working_copies.restored_changes(revision)
            copy = self.write_working_copy(post, changes, restored_from=revision.number)
            return self.working_copy_answer(copy, status=status.HTTP_201_CREATED)
        restored = working_copies.restore_revision(
            post=post, revision=revision, expected=self.expected_versions(), editor=caller(request)
        )
        return post_answer(request, restored)


@docs.working_copy
class WorkingCopyViewSet(_HistoryViewSet):
    """The working copy of one post."""

    scopes = {
        "retrieve": Scope.POSTS_READ,
        "update": Scope.POSTS_WRITE,
        "destroy": Scope.POSTS_WRITE,
        "publish": Scope.POSTS_WRITE,
    }

    def retrieve(self, request: Request, slug: str) -> Response:
        copies = WorkingCopy.objects.filter(post=self.get_post()).select_related("author")
        working_copy = copies.first()
        if working_copy is None:
            raise NotFound("The post has no working copy.")
        return self.working_copy_answer(working_copy)

    def update(self, request: Request, slug: str) -> Response:
        post = self.get_post()
        serializer = WorkingCopyWriteSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        changes = serializer.validated_data
        copy = self.write_working_copy(post, changes, base_version=changes.pop("base_version", None))
        is_new = self.begins_working_copy()
        return self.working_copy_answer(copy, status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)

    def destroy(self, request: Request, slug: str) -> Response:
        working_copies.discard_working_copy(post=self.get_post(), expected=self.expected_versions())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def publish(self, request: Request, slug: str) -> Response:
        post = self.get_post()
        expected = self.expected_versions()
        return post_answer(
            request, working_copies.publish_working_copy(post=post, expected=expected, editor=caller(request))
        )
