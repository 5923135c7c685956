"""One action on many posts: each in a transaction of its own, with an answer of its own."""

from collections.abc import Callable, Iterable
from typing import Any

from rest_framework.exceptions import APIException, NotFound, PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.scopes import Scope
from apps.common.errors import DomainError, InvalidState
from apps.common.problems import problem_of
from apps.common.views import ContractView
from apps.posts import services
from apps.posts.docs import bulk as docs
from apps.posts.models import Post, PostSlug
from apps.posts.permissions import PostPermission, is_allowed
from apps.posts.serializers.bulk import PostActionResultsSerializer, PostActionSerializer


def delete_trashed(*, post: Post, expected: set[int]) -> None:
    """Delete a post for good, but only out of the trash: one slip must not cost hundred posts."""
    if post.status != Post.Status.TRASHED:
        raise InvalidState("The post is not in the trash. Put it there first.")
    services.delete_post(post=post, expected=expected)


STEPS: dict[str, tuple[str, Callable[..., Post | None]]] = {
    "publish": ("publish", services.publish_post),
    "unpublish": ("unpublish", services.unpublish_post),
    "archive": ("archive", services.archive_post),
    "trash": ("destroy", services.trash_post),
    "restore": ("restore", services.restore_post),
    "delete": ("destroy", delete_trashed),
}
"""For each action the one whose policy guards it, and what it does."""


@docs.post_actions
class PostActionsView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"post": Scope.POSTS_WRITE}

    def post(self, request: Request) -> Response:
        serializer = PostActionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        action, wanted = serializer.validated_data["action"], serializer.validated_data["posts"]
        posts = visible_by_slug(request.user, {item["slug"] for item in wanted})
        results = [self._act(action, posts.get(item["slug"]), **item) for item in wanted]
        return Response(PostActionResultsSerializer(results).data)

    def _act(self, action: str, post: Post | None, *, slug: str, version: int) -> dict[str, Any]:
        guard, step = STEPS[action]
        try:
            if post is None:
                raise NotFound("There is no post at this address.")
            if not is_allowed(self.request.user, guard, post):
                raise PermissionDenied(PostPermission.message)
            # What it takes to publish is looked at once more, under the lock: the list may take a while to get there.
            actor = {"actor": caller(self.request)} if action == "publish" else {}
            changed = step(post=post, expected={version}, **actor)
        except (DomainError, APIException) as error:
            return {"slug": slug, "done": False, "problem": problem_of(self.request, error)}
        return {"slug": slug, "done": True} | ({"version": changed.version} if changed else {})


def visible_by_slug(user: Any, slugs: Iterable[str]) -> dict[str, Post]:
    """The posts that the user may see by the slugs they have or had: two queries, however many they are."""
    rows = PostSlug.objects.filter(slug__in=slugs).values_list("slug", "post_id")
    owners = dict(rows)
    posts = Post.objects.visible_to(user).with_relations(with_body=False).in_bulk(set(owners.values()))
    return {slug: posts[pk] for slug, pk in owners.items() if pk in posts}
