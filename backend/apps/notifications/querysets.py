"""Reads of the inbox. `shown_to` is the one rule of what is in it, for lists, counts and mails alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from apps.accounts.models import Block
from apps.posts.querysets import LIVE_STATUSES

if TYPE_CHECKING:
    from apps.notifications.models import Actor, Notification  # noqa: F401 - named in a base class

TOLD_IN_ANY_CASE = ("decision", "report")
"""Kinds that stay although what they are about is gone: that it is gone may be just what they tell."""


def without_apart(rows: models.QuerySet[Any], person: str, recipient: Any) -> models.QuerySet[Any]:
    """Leave out rows whose `person` the recipient has blocked, or has been blocked by."""
    blocked = Block.objects.filter(blocker=recipient).values("blocked")
    blockers = Block.objects.filter(blocked=recipient).values("blocker")
    return rows.exclude(**{f"{person}__in": blocked}).exclude(**{f"{person}__in": blockers})


class NotificationQuerySet(models.QuerySet["Notification"]):
    def shown_to(self, user: Any) -> NotificationQuerySet:
        """Those of the user that tell something the user may see now: posts that readers see, comments that are shown,
        done by people with whom there is no block. Whoever may see more elsewhere is told no more here."""
        from apps.notifications.models import Actor

        actors = without_apart(Actor.objects.filter(notification=OuterRef("pk")), "person", user.pk)
        blocked = Block.objects.filter(blocker=user.pk, blocked=OuterRef("post__author"))
        blockers = Block.objects.filter(blocked=user.pk, blocker=OuterRef("post__author"))
        of_post = Q(kind="post") & ~Exists(blocked) & ~Exists(blockers)
        of_people = ~Q(kind="post") & Exists(actors)
        of_site = Q(kind="webmention")
        post = Q(post__status__in=LIVE_STATUSES, post__published_at__lte=timezone.now())
        comment = Q(comment__isnull=True) | Q(comment__status="visible")
        return self.filter(
            Q(kind__in=TOLD_IN_ANY_CASE) | (post & comment & (of_post | of_people | of_site)), recipient_id=user.pk
        )

    def inbox_of(self, user: Any) -> NotificationQuerySet:
        """What the list shows, and its count counts."""
        return self.shown_to(user).filter(in_inbox=True)

    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at__isnull=True)

    def for_list(self) -> NotificationQuerySet:
        """With what the answers say of posts and comments, in one query."""
        return self.select_related("post", "post__author", "comment").only(
            "kind",
            "group",
            "data",
            "happened_at",
            "read_at",
            "recipient_id",
            "post__slug",
            "post__title",
            "post__status",
            "post__published_at",
            "post__author__username",
            "post__author__display_name",
            "post__author__avatar_url",
            "comment__body_html",
            "comment__guest_url",
            "comment__status",
        )
