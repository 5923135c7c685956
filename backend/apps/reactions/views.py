"""Likes, the reading list and followed tags over HTTP."""

from dataclasses import asdict
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.scopes import Scope
from apps.comments.models import Comment
from apps.common.pagination import Order, PageQuery
from apps.common.views import ContractView
from apps.posts.models import Post
from apps.posts.querysets import load_tags
from apps.posts.serializers.posts import represent_posts
from apps.posts.services import due_counts
from apps.posts.views.posts import visible_post
from apps.posts.views.taxonomy import represent_tag
from apps.reactions import docs, services
from apps.reactions.models import Bookmark, CommentLike, PostLike
from apps.reactions.serializers import MAX_LIKED_COMMENTS
from apps.tags.following import follow_tag, unfollow_tag
from apps.tags.models import Tag, TagFollow

LATEST = Order("latest", ("-id",))
_CHANGES = {"put": Scope.REACTIONS_WRITE, "delete": Scope.REACTIONS_WRITE}


@docs.post_like
class PostLikeView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = _CHANGES

    def put(self, request: Request, slug: str) -> Response:
        return Response(asdict(services.like_post(post=visible_post(request, slug), user=caller(request))))

    def delete(self, request: Request, slug: str) -> Response:
        return Response(asdict(services.unlike_post(post=visible_post(request, slug), user=caller(request))))


@docs.comment_like
class CommentLikeView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = _CHANGES

    def put(self, request: Request, pk: int) -> Response:
        return Response(asdict(services.like_comment(comment=_visible_comment(request, pk), user=caller(request))))

    def delete(self, request: Request, pk: int) -> Response:
        return Response(asdict(services.unlike_comment(comment=_visible_comment(request, pk), user=caller(request))))


def _visible_comment(request: Request, pk: int) -> Comment:
    comment: Comment | None = Comment.objects.visible_to(request.user).filter(pk=pk).only("pk").first()
    if comment is None:
        raise NotFound("There is no comment at this address.")
    return comment


@docs.bookmark
class BookmarkView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = _CHANGES

    def put(self, request: Request, slug: str) -> Response:
        services.add_bookmark(post=visible_post(request, slug), user=caller(request))
        return Response({"bookmarked": True})

    def delete(self, request: Request, slug: str) -> Response:
        services.remove_bookmark(post=visible_post(request, slug), user=caller(request))
        return Response({"bookmarked": False})


@docs.my_reactions
class MyReactionsView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"get": Scope.ACCOUNT_READ}

    def get(self, request: Request, slug: str) -> Response:
        post, user = visible_post(request, slug), caller(request)
        comments = CommentLike.objects.filter(
            user=user, comment__post=post, comment__status=Comment.Status.VISIBLE
        ).values_list("comment_id", flat=True)
        answer = Response(
            {
                "liked": PostLike.objects.filter(user=user, post=post).exists(),
                "bookmarked": Bookmark.objects.filter(user=user, post=post).exists(),
                "liked_comments": list(comments[:MAX_LIKED_COMMENTS]),
            }
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer


@docs.bookmarks
class BookmarksView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"get": Scope.ACCOUNT_READ}
    query_serializers: ClassVar[Any] = {"get": PageQuery}

    def get(self, request: Request) -> Response:
        user = caller(request)
        kept = Bookmark.objects.filter(user=user, post__in=Post.objects.visible_to(user))
        page = self.page(kept, LATEST)
        ids = [row.post_id for row in page.rows]
        found = {post.pk: post for post in Post.objects.with_relations(with_body=False).filter(pk__in=ids)}
        rows = [row for row in page.rows if row.post_id in found]
        posts = [found[row.post_id] for row in rows]
        load_tags(posts)
        shown = represent_posts(posts, user=user)
        results = [{"post": post, "bookmarked_at": row.created_at} for row, post in zip(rows, shown, strict=True)]
        return self.page_response(page, results)


@docs.tag_follow
class TagFollowView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"get": Scope.ACCOUNT_READ, **_CHANGES}

    def get(self, request: Request, slug: str) -> Response:
        follows = TagFollow.objects.filter(follower=caller(request), tag=get_object_or_404(Tag, slug=slug))
        answer = Response({"followed": follows.exists()})
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def put(self, request: Request, slug: str) -> Response:
        follow_tag(follower=caller(request), tag=get_object_or_404(Tag, slug=slug))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def delete(self, request: Request, slug: str) -> Response:
        unfollow_tag(follower=caller(request), tag=get_object_or_404(Tag, slug=slug))
        return Response(status=status.HTTP_204_NO_CONTENT)


@docs.followed_tags
class FollowedTagsView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"get": Scope.ACCOUNT_READ}
    query_serializers: ClassVar[Any] = {"get": PageQuery}

    def get(self, request: Request) -> Response:
        page = self.page(TagFollow.objects.filter(follower=caller(request)).select_related("tag"), LATEST)
        due = due_counts()
        return self.page_response(page, [represent_tag(row.tag, due["tag", row.tag_id]) for row in page.rows])
