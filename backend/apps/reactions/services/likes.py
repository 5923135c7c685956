"""Likes of posts and comments.

The row that is liked is locked first, in every one of these transactions: so nobody sees it change between looking and
writing, likes of one thing take their turns, and none waits for another that waits for it (an insert alone would hold a
weaker lock on that row, which the counter then has to strengthen). Only what was inserted or deleted is counted.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from apps.accounts.models import Block, User
from apps.comments.models import Comment
from apps.comments.services import CommentGone
from apps.common.errors import InvalidState
from apps.common.outbox import record
from apps.posts.errors import PostGone
from apps.posts.models import Post
from apps.reactions.errors import LikeNotWelcome, LikeOfSilenced
from apps.reactions.models import CommentLike, PostLike
from apps.reactions.policies import is_silenced

LIKED = "reactions.liked"
UNLIKED = "reactions.unliked"


@dataclass(frozen=True)
class Liked:
    """Whether the caller likes it now, and how many do."""

    liked: bool
    like_count: int


@transaction.atomic
def like_post(*, post: Post, user: User) -> Liked:
    """Liking twice is liking once. Raises PostGone, InvalidState, LikeNotWelcome and LikeOfSilenced."""
    locked = _lock_post(post.pk)
    if not locked.is_live:
        raise InvalidState("Only published posts can be liked.")
    _refuse(user, locked.author_id)
    _, is_new = PostLike.objects.get_or_create(user=user, post=locked)
    if is_new:
        Post.objects.filter(pk=locked.pk).update(like_count=F("like_count") + 1)
        record(LIKED, {"user_id": user.pk, "post_id": locked.pk})
    return Liked(liked=True, like_count=locked.like_count + is_new)


@transaction.atomic
def unlike_post(*, post: Post, user: User) -> Liked:
    """Take it back; not liking it any more is no error."""
    locked = _lock_post(post.pk)
    deleted, _ = PostLike.objects.filter(user=user, post=locked).delete()
    if deleted:
        Post.objects.filter(pk=locked.pk, like_count__gt=0).update(like_count=F("like_count") - 1)
        record(UNLIKED, {"user_id": user.pk, "post_id": locked.pk})
    return Liked(liked=False, like_count=max(locked.like_count - deleted, 0))


@transaction.atomic
def like_comment(*, comment: Comment, user: User) -> Liked:
    """Liking twice is liking once. Raises CommentGone, InvalidState, LikeNotWelcome and LikeOfSilenced."""
    locked = _lock_comment(comment.pk)
    if locked.status != Comment.Status.VISIBLE or not locked.post.is_live:
        raise InvalidState("Only comments that are shown can be liked.")
    _refuse(user, locked.author_id, locked.post.author_id)
    _, is_new = CommentLike.objects.get_or_create(user=user, comment=locked)
    if is_new:
        Comment.objects.filter(pk=locked.pk).update(like_count=F("like_count") + 1)
        record(LIKED, {"user_id": user.pk, "comment_id": locked.pk})
    return Liked(liked=True, like_count=locked.like_count + is_new)


@transaction.atomic
def unlike_comment(*, comment: Comment, user: User) -> Liked:
    """Take it back; not liking it any more is no error."""
    locked = _lock_comment(comment.pk)
    deleted, _ = CommentLike.objects.filter(user=user, comment=locked).delete()
    if deleted:
        Comment.objects.filter(pk=locked.pk, like_count__gt=0).update(like_count=F("like_count") - 1)
        record(UNLIKED, {"user_id": user.pk, "comment_id": locked.pk})
    return Liked(liked=False, like_count=max(locked.like_count - deleted, 0))


def _lock_post(pk: int) -> Post:
    """Others may still refer to the row (no_key)."""
    columns = ("status", "published_at", "author_id", "like_count")
    locked: Post | None = Post.objects.select_for_update(no_key=True).only(*columns).filter(pk=pk).first()
    if locked is None:
        raise PostGone
    return locked


def _lock_comment(pk: int) -> Comment:
    """The comment alone: likes under one post do not wait for each other."""
    columns = ("status", "author_id", "like_count", "post__status", "post__published_at", "post__author_id")
    comments = Comment.objects.select_for_update(no_key=True, of=("self",)).select_related("post").only(*columns)
    locked: Comment | None = comments.filter(pk=pk).first()
    if locked is None:
        raise CommentGone
    return locked


def _refuse(user: User, *author_ids: int | None) -> None:
    """Who may not like what these people wrote, or what stands under it."""
    if is_silenced(user):
        raise LikeOfSilenced(f"You may read, but not take part, until {user.silenced_until:%Y-%m-%d %H:%M} UTC.")
    if Block.objects.blockers_of(user, among=author_ids):
        raise LikeNotWelcome
