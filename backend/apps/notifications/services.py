"""Telling people. Whoever calls gives a `group`, the name of the event; however often it is called, one tells of it.

    notify(recipient_id=…, kind=Kind.REPLY, group=f"comment:{pk}", actor_id=…, comment_id=pk)
    retract(group=f"comment:{pk}")

Both run in the caller's transaction, or in one of their own.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import Block, User
from apps.comments.models import Comment
from apps.common.outbox import record
from apps.notifications.limits import may_mail_at_once
from apps.notifications.models import Actor, Kind, Notification
from apps.notifications.preferences import wish_of
from apps.posts.models import CoAuthor, Post

MAIL_DUE = "notifications.mail_due"
"""Carries `notification_id`."""
_EARLIER = "~"
"""Between the group of likes that were read and its id; new likes of the same thing begin another row."""


@transaction.atomic
def notify(
    *,
    recipient_id: int,
    kind: str,
    group: str,
    actor_id: int | None = None,
    post_id: int | None = None,
    comment_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> bool:
    """Tell somebody of something, once for each group and actor; whether it was news.

    Nobody is told of their own acts, of those of people with whom there is a block, or of what they do not want to
    hear of; switched-off accounts are told nothing. Without an actor (moderators stay unnamed) it is told all the same.
    """
    if recipient_id == actor_id or not _hears(recipient_id, actor_id):
        return False
    wish = wish_of(recipient_id, kind)
    if wish.is_silence:
        return False
    if post_id is None and comment_id is not None:
        post_id = Comment.objects.filter(pk=comment_id).values_list("post_id", flat=True).first()
    fresh = {
        "kind": kind,
        "post_id": post_id,
        "comment_id": comment_id,
        "data": data or {},
        "in_inbox": wish.web,
        "mail": wish.first_state,
    }
    row, is_new = _row_of(recipient_id, group, actor_id, fresh)
    if row is None:
        return False
    if actor_id is not None:
        _, is_news = Actor.objects.get_or_create(notification=row, person_id=actor_id)
        if is_news and not is_new:
            Notification.objects.filter(pk=row.pk).update(happened_at=timezone.now(), read_at=None)
        is_new = is_new or is_news
    if is_new and row.mail == Notification.Mail.NOW:
        _mail(row, actor_id)
    return is_new


@transaction.atomic
def retract(*, group: str, actor_id: int | None = None, recipient_id: int | None = None) -> None:
    """Take back what was told of a group, or one actor's part in it. Retracting what nobody was told is no error.

    Of gathered likes the earlier ones are looked through too where the recipient is given. A row whose last actor goes
    is shown to nobody; it stays while its mail has gone, so that liking again and again sends none.
    """
    rows = Notification.objects.filter(group=group)
    if recipient_id is not None:
        rows = Notification.objects.filter(Q(group=group) | _earlier(group), recipient=recipient_id)
    if actor_id is None:
        rows.delete()
        return
    ids = list(rows.filter(actors__person=actor_id).values_list("pk", flat=True))
    list(Notification.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    Actor.objects.filter(notification__in=ids, person=actor_id).delete()
    unsent = Notification.objects.filter(pk__in=ids, actors__isnull=True).exclude(mail=Notification.Mail.SENT)
    unsent.delete()


@transaction.atomic
def send_what_waits(comment_id: int) -> None:
    """Have mails about a comment sent that were due while it was not shown."""
    waiting = Notification.objects.filter(comment=comment_id, mail=Notification.Mail.NOW).values_list("pk", flat=True)
    for pk in waiting:
        record(MAIL_DUE, {"notification_id": pk})


def group_of_comment(comment_id: int) -> str:
    """The group of all that a comment gives to tell."""
    return f"comment:{comment_id}"


def authors_of(post: Post) -> list[int]:
    """Who began the post, and those who write it too."""
    others = CoAuthor.objects.filter(post=post).order_by("pk").values_list("user_id", flat=True)
    return [post.author_id, *(others if post.co_author_count else [])]


def _mail(row: Notification, actor_id: int | None) -> None:
    """At once, or not at all where this actor has brought about too many."""
    if actor_id is None or may_mail_at_once(actor_id):
        record(MAIL_DUE, {"notification_id": row.pk})
    else:
        Notification.objects.filter(pk=row.pk).update(mail=Notification.Mail.NONE)


def _row_of(
    recipient_id: int, group: str, actor_id: int | None, fresh: dict[str, Any]
) -> tuple[Notification | None, bool]:
    """The row that tells of the group, locked, and whether it was made just now; None when this was told before."""
    gathers = fresh["kind"] == Kind.LIKE
    while True:
        if gathers and _was_told_earlier(recipient_id, group, actor_id):
            return None, False
        row, is_new = Notification.objects.get_or_create(recipient_id=recipient_id, group=group, defaults=fresh)
        locked = Notification.objects.select_for_update().filter(pk=row.pk, group=group).first()
        if locked is None:  # put aside, or taken back, in between
            continue
        if is_new or not gathers or locked.read_at is None or _takes(locked, actor_id):
            return locked, is_new
        Notification.objects.filter(pk=locked.pk).update(group=f"{group}{_EARLIER}{locked.pk}")


def _hears(recipient_id: int, actor_id: int | None) -> bool:
    if not User.objects.filter(pk=recipient_id, is_active=True).exists():
        return False
    return actor_id is None or not Block.objects.between(recipient_id, actor_id).exists()


def _takes(read: Notification, actor_id: int | None) -> bool:
    """Whether a row that was read already takes this actor: one who is in it, or anybody where nobody is left."""
    return read.actors.filter(person=actor_id).exists() or not read.actors.exists()


def _earlier(group: str) -> Q:
    return Q(group__startswith=f"{group}{_EARLIER}")


def _was_told_earlier(recipient_id: int, group: str, actor_id: int | None) -> bool:
    told = Notification.objects.filter(_earlier(group), recipient=recipient_id, actors__person=actor_id)
    return actor_id is not None and told.exists()
