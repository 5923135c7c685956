"""New posts, told to those who follow their authors or tags: however many they are, in short transactions.

Whoever is told already is left out, so a job that died is simply begun again.
"""

import time
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from apps.accounts.models import Block, Follow, User
from apps.common.models import Priority
from apps.common.outbox import record, record_each, subscribe
from apps.notifications.models import Kind, Notification
from apps.notifications.preferences import wishes_of
from apps.notifications.services import MAIL_DUE, authors_of
from apps.posts.models import Post, PostTag
from apps.tags.models import TagFollow

FAN_OUT = "notifications.fan_out"
"""Carries `post_id`, and `after`: everybody up to that account was told."""
BATCH = 1000
"""People told in one transaction."""
LASTS = 20.0
"""Seconds of one go; the next one is another message, so that no worker is held for long."""


@subscribe("posts.published")
def tell_of_post(payload: dict[str, Any]) -> None:
    """Tell of a post that is published for the first time. What was imported is old."""
    if payload.get("first_time") and not payload.get("imported"):
        carry_on({"post_id": payload["post_id"], "after": 0})


@subscribe(FAN_OUT, priority=Priority.PATIENT)
def carry_on(payload: dict[str, Any]) -> None:
    """Tell batch by batch, until all were told, the post is no longer there to be read, or the time is up."""
    started = time.monotonic()
    for ids, tags in _batches(payload["post_id"], payload["after"]):
        if time.monotonic() - started > LASTS:
            with transaction.atomic():
                record(FAN_OUT, {"post_id": payload["post_id"], "after": ids[0] - 1})
            return
        if not tell_batch(payload["post_id"], ids, tags):
            return


def _batches(post_id: int, after: int) -> Iterator[tuple[list[int], dict[int, str]]]:
    """Followers in the order of their ids, and the tag of those who follow only that."""
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        return
    authors = authors_of(post)
    people = set(Follow.objects.filter(followed__in=authors, follower__gt=after).values_list("follower_id", flat=True))
    tags = PostTag.objects.filter(post=post).values("tag")
    by_tag = TagFollow.objects.filter(tag__in=tags, follower__gt=after).order_by("-tag__post_count")
    tag_of = dict(by_tag.values_list("follower_id", "tag__name"))
    everybody = sorted((people | tag_of.keys()) - set(authors))
    for start in range(0, len(everybody), BATCH):
        ids = everybody[start : start + BATCH]
        yield ids, {pk: tag_of[pk] for pk in ids if pk in tag_of and pk not in people}


@transaction.atomic
def tell_batch(post_id: int, ids: list[int], tags: dict[int, str]) -> bool:
    """Tell these people, each once. False when readers do not see the post any more: nobody else is to be told."""
    post = Post.objects.live().filter(pk=post_id).first()
    if post is None:
        return False
    group = f"post:{post.pk}"
    told = set(Notification.objects.filter(group=group, recipient__in=ids).values_list("recipient_id", flat=True))
    apart = {
        *Block.objects.filter(blocker=post.author_id, blocked__in=ids).values_list("blocked_id", flat=True),
        *Block.objects.filter(blocked=post.author_id, blocker__in=ids).values_list("blocker_id", flat=True),
    }
    active = User.objects.filter(pk__in=set(ids) - told - apart, is_active=True).values_list("pk", flat=True)
    wishes = {pk: wish for pk, wish in wishes_of(active, Kind.POST).items() if not wish.is_silence}
    rows = [
        Notification(
            recipient_id=pk,
            kind=Kind.POST,
            group=group,
            post=post,
            data={"tag": tags[pk]} if pk in tags else {},
            in_inbox=wish.web,
            mail=wish.first_state,
        )
        for pk, wish in sorted(wishes.items())
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    at_once = [row.recipient_id for row in rows if row.mail == Notification.Mail.NOW]
    mails = Notification.objects.filter(group=group, recipient__in=at_once).order_by("pk").values_list("pk", flat=True)
    record_each(MAIL_DUE, [{"notification_id": pk} for pk in mails] if at_once else [])
    return True
