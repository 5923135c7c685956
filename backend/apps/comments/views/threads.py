"""The comments under a post, and whether there are new ones."""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.scopes import Scope
from apps.comments import docs, services, threads
from apps.comments.models import Comment
from apps.comments.permissions import CommentPermission, answer_context
from apps.comments.querysets import CommentQuerySet
from apps.comments.serializers import CommentCreateSerializer, CommentSerializer
from apps.common.errors import FieldProblem, InvalidParameters
from apps.common.fields import MAX_ID
from apps.common.idempotency import idempotent
from apps.common.pagination import Page, PageQuery
from apps.common.shaping import CommaList
from apps.common.views import ContractView, ContractViewSet
from apps.posts.models import Post
from apps.posts.views.posts import visible_post

PARTS = ("parent", "branch", "around", "since")


def _comment_id(text: str) -> serializers.IntegerField:
    return serializers.IntegerField(required=False, min_value=1, max_value=MAX_ID, help_text=text)


class ThreadQuery(PageQuery):
    order = serializers.ChoiceField(required=False, choices=list(threads.ROOT_ORDERS), default="oldest")
    parent = _comment_id("Only direct replies to this comment.")  # type: ignore[assignment]
    branch = _comment_id("Only what hangs on this root, in reading order: the rest of a branch.")
    after = _comment_id("With `branch`: begin after this comment of it.")
    around = _comment_id(
        "The page that begins with the branch of this comment, trimmed to what leads to it and follows."
    )
    since = serializers.IntegerField(
        required=False, min_value=0, max_value=MAX_ID, help_text="Only comments with greater ids, as they arrived."
    )
    include = CommaList(known=("permissions",))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        given = [name for name in PARTS if name in attrs]
        if len(given) > 1:
            raise serializers.ValidationError({given[1]: [f"This does not go together with `{given[0]}`."]})
        if "after" in attrs and "branch" not in attrs:
            raise serializers.ValidationError({"after": ["This goes with `branch`."]})
        return attrs


@docs.thread
class ThreadViewSet(ContractViewSet):
    """The comments under one post."""

    permission_classes = [CommentPermission]
    scopes = {"list": (Scope.COMMENTS_READ, Scope.MODERATION), "create": Scope.COMMENTS_WRITE}
    query_serializers = {"list": ThreadQuery}

    def list(self, request: Request, slug: str) -> Response:
        post = visible_post(request, slug)
        shown = Comment.objects.filter(post=post).shown_to(request.user)
        page, rows = self._asked_for(post, shown)
        for comment in rows:
            comment.post = post  # spares the policies a query
        context = answer_context(request, self.query.get("include", []), rows)
        return self.page_response(page, list(CommentSerializer(rows, many=True, context=context).data))

    def _asked_for(self, post: Post, shown: CommentQuerySet) -> tuple[Page[Comment], Sequence[Comment]]:
        """The page with the cursors, and the rows to show."""
        asked = self.query
        if "parent" in asked:
            page = self.page(shown.filter(parent_id=asked["parent"]).for_list(), threads.REPLIES)
        elif "branch" in asked:
            page = self.page(self._branch(post, shown).for_list(), threads.IN_BRANCH)
        elif "since" in asked:
            arrived = Comment.objects.arrived_after(post.pk, asked["since"]).shown_to(self.request.user)
            page = self.page(arrived.for_list(), threads.ARRIVAL)
        else:
            branches = self._branches(shown)
            return branches.roots, branches.rows
        return page, page.rows

    def _branches(self, shown: CommentQuerySet) -> threads.Branches:
        order, limit = threads.ROOT_ORDERS[self.query["order"]], self.query["limit"]
        cursor = self.query.get("cursor")
        if "around" not in self.query or cursor:  # a page beside the one that was opened
            return threads.page_of_branches(shown, order, cursor=cursor, limit=limit)
        comment = shown.filter(pk=self.query["around"]).only("path", "root_id", "parent_id").first()
        branches = threads.page_around(shown, order, comment, limit=limit) if comment else None
        if branches is None:
            raise NotFound("There is no such comment under this post.")
        return branches

    def _branch(self, post: Post, shown: CommentQuerySet) -> CommentQuerySet:
        branch = shown.filter(root_id=self.query["branch"], parent__isnull=False)
        if "after" not in self.query:
            return branch
        # It may be hidden by now: its place in the branch is the same.
        last = (
            Comment.objects.filter(post=post, pk=self.query["after"], root_id=self.query["branch"]).only("path").first()
        )
        if last is None:
            problem = "There is no such comment in this branch."
            raise InvalidParameters([{"parameter": "after", "detail": problem, "code": "unknown_comment"}])
        return branch.filter(path__gt=last.path)

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


@docs.thread_status
class ThreadStatusView(ContractView):
    """For asking every now and then. One query; a 304 while nothing changes."""

    permission_classes = [AllowAny]
    scopes = {"get": (Scope.COMMENTS_READ, Scope.MODERATION)}

    def get(self, request: Request, slug: str) -> Response:
        visible = Comment.objects.arrived_in(OuterRef("pk")).filter(status=Comment.Status.VISIBLE)
        newest = Subquery(visible.order_by("-post_id", "-id").values("pk")[:1])
        columns = ("comment_count", "newest", "thread_locked", "slow_mode_seconds")
        row = Post.objects.visible_to(request.user).filter(slug=slug).annotate(newest=newest).values(*columns).first()
        if row is None:
            visible_post(request, slug)  # which says where it is now, or that it is not
            raise NotFound("There is no post at this address.")
        return Response(
            {
                "comment_count": row["comment_count"],
                "newest": row["newest"],
                "locked": row["thread_locked"],
                "slow_mode_seconds": row["slow_mode_seconds"],
            }
        )
