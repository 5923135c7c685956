"""What other apps' doings mean for inboxes. Each is repeated until it has succeeded, and may come late: so what is told
is looked up again, and never taken from the message alone."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from apps.accounts.mentions import MAX_NAMED
from apps.comments.models import Comment, Mention
from apps.common.outbox import subscribe
from apps.notifications.models import Kind, Notification
from apps.notifications.services import authors_of, group_of_comment, notify, retract, send_what_waits
from apps.posts.models import Post
from apps.reactions.models import CommentLike, PostLike
from apps.reactions.services.likes import LIKED, UNLIKED


@subscribe("comments.shown")
def tell_of_comment(payload: dict[str, Any]) -> None:
    """Tell whom it answers, whom it names and whose post it is about; each of them once, for the first of these."""
    comment = _shown_comment(payload["comment_id"])
    if comment is None:
        return
    if comment.parent is not None and comment.parent.author_id is not None:
        _tell(comment, [comment.parent.author_id], Kind.REPLY, {"to": "comment"})
    _tell_named(comment)
    _tell(comment, authors_of(comment.post), Kind.REPLY, {"to": "post"})
    if not payload.get("first", True):
        send_what_waits(comment.pk)


@subscribe("comments.edited")
def tell_newly_named(payload: dict[str, Any]) -> None:
    """Somebody who is named since the comment was edited hears of it."""
    comment = _shown_comment(payload["comment_id"])
    if comment is not None:
        _tell_named(comment)


@subscribe("comments.deleted")
def forget_comment(payload: dict[str, Any]) -> None:
    """What its author took back is nobody's news any more. (What is merely hidden may come back.)"""
    retract(group=group_of_comment(payload["comment_id"]))


@subscribe(LIKED)
@transaction.atomic
def tell_of_like(payload: dict[str, Any]) -> None:
    """Tell those who wrote what is liked, if it still is. The like is held meanwhile: taking it back comes after."""
    likes: Any = PostLike if "post_id" in payload else CommentLike
    target = {name: payload[name] for name in ("post_id", "comment_id") if name in payload}
    if not likes.objects.select_for_update().filter(user=payload["user_id"], **target):
        return
    for recipient_id in _liked_people(payload):
        group = group_of_like(payload)
        notify(recipient_id=recipient_id, kind=Kind.LIKE, group=group, actor_id=payload["user_id"], **target)


@subscribe(UNLIKED)
def forget_like(payload: dict[str, Any]) -> None:
    """The like is gone; liked again in between, it stays."""
    likes: Any = PostLike if "post_id" in payload else CommentLike
    target = {name: payload[name] for name in ("post_id", "comment_id") if name in payload}
    if likes.objects.filter(user=payload["user_id"], **target).exists():
        return
    for recipient_id in _liked_people(payload):
        retract(group=group_of_like(payload), actor_id=payload["user_id"], recipient_id=recipient_id)


def group_of_like(payload: dict[str, Any]) -> str:
    """The group of the likes of one post or comment."""
    return f"like:post:{payload['post_id']}" if "post_id" in payload else f"like:comment:{payload['comment_id']}"


def _shown_comment(pk: int) -> Comment | None:
    """The comment, if readers see it. What was imported is old, and told to nobody."""
    comments = Comment.objects.select_related("parent", "post").filter(pk=pk, status=Comment.Status.VISIBLE)
    found: Comment | None = comments.filter(import_key__isnull=True, author__isnull=False).first()
    return found


def _tell_named(comment: Comment) -> None:
    """As many as one text can name: a comment that is edited again and again calls no further people."""
    told = Notification.objects.filter(group=group_of_comment(comment.pk), kind=Kind.MENTION)
    people = set(told.values_list("recipient_id", flat=True))
    named = Mention.objects.filter(comment=comment).exclude(person__in=people).order_by("pk")
    room = max(0, MAX_NAMED - len(people))
    _tell(comment, list(named.values_list("person_id", flat=True)[:room]), Kind.MENTION, {})


def _tell(comment: Comment, people: Iterable[int], kind: str, data: dict[str, Any]) -> None:
    for recipient_id in people:
        notify(
            recipient_id=recipient_id,
            kind=kind,
            group=group_of_comment(comment.pk),
            actor_id=comment.author_id,
            comment_id=comment.pk,
            post_id=comment.post_id,
            data=data,
        )


def _liked_people(payload: dict[str, Any]) -> list[int]:
    if "post_id" in payload:
        post = Post.objects.filter(pk=payload["post_id"]).first()
        return authors_of(post) if post else []
    authors = Comment.objects.filter(pk=payload["comment_id"], author__isnull=False).values_list("author_id", flat=True)
    return list(authors)
