"""Single comments."""

from typing import Any

from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.scopes import Scope
from apps.comments import docs, services
from apps.comments.deciding import decide_comment
from apps.comments.models import Comment, CommentEdit
from apps.comments.permissions import CommentPermission, answer_context
from apps.comments.serializers import CommentEditSerializer, CommentSerializer, CommentWriteSerializer
from apps.common.pagination import Order, PageQuery
from apps.common.scopes import require_scope
from apps.common.shaping import CommaList
from apps.common.views import ContractViewSet

NEWEST_EDIT = Order("newest", ("-id",))


class CommentDetailQuery(serializers.Serializer[Any]):
    include = CommaList(known=("permissions",))


@docs.comments
class CommentViewSet(ContractViewSet):
    permission_classes = [CommentPermission]
    scopes = {
        "retrieve": (Scope.COMMENTS_READ, Scope.MODERATION),
        "partial_update": Scope.COMMENTS_WRITE,
        "destroy": (Scope.COMMENTS_WRITE, Scope.MODERATION),
        "edits": Scope.MODERATION,
    }
    query_serializers = {"retrieve": CommentDetailQuery, "edits": PageQuery}

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
        edited = services.edit_comment(
            comment=comment,
            body=serializer.validated_data["body"],
            editor=caller(request),
            expected=self.expected_versions(),
        )
        return self._answer(edited)

    def destroy(self, request: Request, pk: int) -> Response:
        comment = self.get_object()
        expected = self.expected_versions()
        is_own = comment.author_id == request.user.pk
        require_scope(request.auth, [Scope.COMMENTS_WRITE if is_own else Scope.MODERATION])
        if is_own:
            services.delete_comment(comment=comment, expected=expected)
        else:
            removed = Comment.Status.REMOVED
            decide_comment(comment=comment, status=removed, moderator=caller(request), expected=expected)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def edits(self, request: Request, pk: int) -> Response:
        rows = CommentEdit.objects.filter(comment=self.get_object()).select_related("replaced_by")
        page = self.page(rows, NEWEST_EDIT)
        return self.page_response(page, list(CommentEditSerializer(page.rows, many=True).data))

    def _answer(self, comment: Comment) -> Response:
        context = answer_context(self.request, self.query.get("include", []), [comment])
        return Response(CommentSerializer(comment, context=context).data)
