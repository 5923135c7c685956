"""Threads and comments over HTTP."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.models import Block
from apps.accounts.scopes import Scope
from apps.comments import docs, services
from apps.comments.models import Comment
from apps.comments.policies import can_delete_comment, can_edit_comment
from apps.comments.serializers import CommentCreateSerializer, CommentSerializer, CommentWriteSerializer
from apps.common.errors import FieldProblem
from apps.common.fields import MAX_ID
from apps.common.idempotency import idempotent
from apps.common.pagination import Order, PageQuery
from apps.common.scopes import require_scope
from apps.common.shaping import CommaList
from apps.common.views import ContractViewSet
from apps.posts.views.posts import visible_post

ORDERS = {
    "oldest": Order("oldest", ("root_id", "path")),
    "newest": Order("newest", ("-root_id", "path")),
}


class ThreadQuery(PageQuery):
    order = serializers.ChoiceField(required=False, choices=list(ORDERS), default="oldest")
    parent = serializers.IntegerField(  # type: ignore[assignment]
        required=False, min_value=1, max_value=MAX_ID, help_text="Only direct replies to this comment."
    )
    include = CommaList(known=("permissions",))


class CommentDetailQuery(serializers.Serializer[Any]):
    include = CommaList(known=("permissions",))


class CommentPermission(BasePermission):
    """Reading is for everybody, writing for those who are signed in; the rest as the policies say."""

    message = "You may not do this with this comment."

    def has_permission(self, request: Request, view: object) -> bool:
        if getattr(view, "action", None) in {"list", "retrieve"}:
            return True
        return bool(request.user and request.user.is_authenticated)

    def has_object_permission(self, request: Request, view: object, obj: Comment) -> bool:
        policies = {"partial_update": can_edit_comment, "destroy": can_delete_comment}
        action = getattr(view, "action", "") or ""
        return action == "retrieve" or policies[action](request.user, obj)


def answer_context(request: Request, include: Sequence[str], comments: Sequence[Comment]) -> dict[str, Any]:
    """What the serializer has to know: who asks, for what, and where permissions are told, who has blocked them."""
    context: dict[str, Any] = {"include": include, "user": request.user}
    if "permissions" in include:
        authors = [pk for comment in comments for pk in (comment.author_id, comment.post.author_id)]
        context["blockers"] = Block.objects.blockers_of(request.user, among=authors)
    return context


@docs.thread
class ThreadViewSet(ContractViewSet):
    """The comments under one post."""

    permission_classes = [CommentPermission]
    scopes = {"list": (Scope.COMMENTS_READ, Scope.MODERATION), "create": Scope.COMMENTS_WRITE}
    query_serializers = {"list": ThreadQuery}

    def list(self, request: Request, slug: str) -> Response:
        post = visible_post(request, slug)
        comments = Comment.objects.filter(post=post).shown_to(request.user).for_list()
        if "parent" in self.query:
            comments = comments.filter(parent_id=self.query["parent"])
        page = self.page(comments, ORDERS[self.query["order"]])
        for comment in page.rows:
            comment.post = post  # spares the policies a query
        context = answer_context(request, self.query.get("include", []), page.rows)
        return self.page_response(page, list(CommentSerializer(page.rows, many=True, context=context).data))

    @idempotent
    def create(self, request: Request, slug: str) -> Response:
        post = visible_post(request, slug)
        serializer = CommentCreateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        parent = self._parent(request, serializer.validated_data.get("parent"))
        comment = services.add_comment(
            post=post, author=caller(request), body=serializer.validated_data["body"], parent=parent
        )
        response = Response(
            CommentSerializer(comment, context={"user": request.user}).data, status=status.HTTP_201_CREATED
        )
        response.headers["Location"] = reverse("comments:comment", kwargs={"pk": comment.pk})
        return response

    def _parent(self, request: Request, pk: int | None) -> Comment | None:
        if pk is None:
            return None
        parent: Comment | None = Comment.objects.visible_to(request.user).filter(pk=pk).first()
        if parent is None:
            raise FieldProblem("parent", "That comment is not there any more; reply to another one.", code="gone")
        return parent


@docs.comments
class CommentViewSet(ContractViewSet):
    permission_classes = [CommentPermission]
    scopes = {
        "retrieve": (Scope.COMMENTS_READ, Scope.MODERATION),
        "partial_update": Scope.COMMENTS_WRITE,
        "destroy": (Scope.COMMENTS_WRITE, Scope.MODERATION),
    }
    query_serializers = {"retrieve": CommentDetailQuery}

    def get_object(self) -> Comment:
        visible = Comment.objects.visible_to(self.request.user).select_related("author", "post")
        comment: Comment | None = visible.filter(pk=self.kwargs["pk"]).first()
        if comment is None:
            raise NotFound("There is no comment at this address.")
        self.check_object_permissions(self.request, comment)
        return comment

    def retrieve(self, request: Request, pk: int) -> Response:
        return self._answer(self.get_object())

    def partial_update(self, request: Request, pk: int) -> Response:
        comment = self.get_object()
        serializer = CommentWriteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        body = serializer.validated_data["body"]
        return self._answer(services.edit_comment(comment=comment, body=body, expected=self.expected_versions()))

    def destroy(self, request: Request, pk: int) -> Response:
        comment = self.get_object()
        expected = self.expected_versions()
        is_own = comment.author_id == request.user.pk
        require_scope(request.auth, [Scope.COMMENTS_WRITE if is_own else Scope.MODERATION])
        if is_own:
            services.delete_comment(comment=comment, expected=expected)
        else:
            services.moderate_comment(comment=comment, status=Comment.Status.REMOVED, expected=expected)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _answer(self, comment: Comment) -> Response:
        context = answer_context(self.request, self.query.get("include", []), [comment])
        return Response(CommentSerializer(comment, context=context).data)
