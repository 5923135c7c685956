"""Reviews over HTTP: the steps, and the remarks on the way."""

from typing import Any

from django.urls import reverse
from rest_framework import status
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.scopes import Scope
from apps.common.idempotency import idempotent
from apps.common.pagination import Order, PageQuery
from apps.common.serializers import InputSerializer
from apps.posts.docs import reviews as docs
from apps.posts.models import Post, ReviewNote
from apps.posts.policies import can_delete_note, can_review
from apps.posts.serializers.together import (
    ApproveSerializer,
    ReviewNoteResolveSerializer,
    ReviewNoteSerializer,
    ReviewNoteWriteSerializer,
    ReviewStepSerializer,
    SendBackSerializer,
)
from apps.posts.services import reviews
from apps.posts.views.edited import EditedPostViewSet
from apps.posts.views.posts import post_answer

LATEST = Order("review-notes", ("-id",))


class _ReviewedPostViewSet(EditedPostViewSet):
    def read(self, shape: type[InputSerializer]) -> dict[str, Any]:
        """The validated body."""
        serializer = shape(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


@docs.steps
class ReviewViewSet(_ReviewedPostViewSet):
    scopes = {"submit": Scope.POSTS_WRITE, "approve": Scope.POSTS_WRITE, "send_back": Scope.POSTS_WRITE}

    def get_post(self) -> Post:
        post = super().get_post()
        if self.action != "submit" and not can_review(self.request.user):
            raise PermissionDenied("Only editors review posts.")
        return post

    def submit(self, request: Request, slug: str) -> Response:
        return self._take(reviews.submit_post, ReviewStepSerializer)

    def approve(self, request: Request, slug: str) -> Response:
        return self._take(reviews.approve_post, ApproveSerializer)

    def send_back(self, request: Request, slug: str) -> Response:
        return self._take(reviews.send_back_post, SendBackSerializer)

    def _take(self, step: Any, shape: type[InputSerializer]) -> Response:
        post = self.get_post()
        expected = self.expected_versions()
        post = step(post=post, actor=caller(self.request), expected=expected, **self.read(shape))
        return post_answer(self.request, post)


@docs.notes
class ReviewNoteViewSet(_ReviewedPostViewSet):
    scopes = {
        "list": Scope.POSTS_WRITE,
        "retrieve": Scope.POSTS_WRITE,
        "create": Scope.POSTS_WRITE,
        "partial_update": Scope.POSTS_WRITE,
        "destroy": Scope.POSTS_WRITE,
    }
    query_serializers = {"list": PageQuery}

    def get_note(self) -> ReviewNote:
        post = self.get_post()
        notes = ReviewNote.objects.filter(post=post).select_related("author")
        note: ReviewNote | None = notes.filter(pk=int(self.kwargs["pk"])).first()
        if note is None:
            raise NotFound("There is no such note on this post.")
        note.post = post  # spares the policies a query
        return note

    def list(self, request: Request, slug: str) -> Response:
        page = self.page(ReviewNote.objects.filter(post=self.get_post()).select_related("author"), LATEST)
        return self.page_response(page, list(ReviewNoteSerializer(page.rows, many=True).data))

    def retrieve(self, request: Request, slug: str, pk: str) -> Response:
        return Response(ReviewNoteSerializer(self.get_note()).data)

    @idempotent
    def create(self, request: Request, slug: str) -> Response:
        post = self.get_post()
        note = reviews.add_note(post=post, author=caller(request), **self.read(ReviewNoteWriteSerializer))
        response = Response(ReviewNoteSerializer(note).data, status=status.HTTP_201_CREATED)
        kwargs = {"slug": post.slug, "pk": str(note.pk)}
        response.headers["Location"] = reverse("posts:review-note", kwargs=kwargs)
        return response

    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        note = self.get_note()
        resolved = self.read(ReviewNoteResolveSerializer)["resolved"]
        return Response(ReviewNoteSerializer(reviews.resolve_note(note=note, resolved=resolved)).data)

    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        note = self.get_note()
        if not can_delete_note(request.user, note):
            raise PermissionDenied("Only who wrote the remark, and editors, may remove it.")
        reviews.delete_note(note=note)
        return Response(status=status.HTTP_204_NO_CONTENT)
