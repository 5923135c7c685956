"""Who has a post open in the editor. Each tab says so every now and then, and is forgotten when it no longer does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from apps.accounts.models import User
from apps.common.periodic import every
from apps.posts.models import Post, Presence

FORGOTTEN_AFTER = timedelta(seconds=60)
MAX_SHOWN = 200
"""Tabs that are looked at; more people than these do not fit on a screen."""


@dataclass(frozen=True)
class Present:
    """Somebody who has the post open, since when, and in how many tabs."""

    user: User
    opened_at: datetime
    tabs: int


def note_presence(*, post: Post, user: User, tab: str) -> None:
    """The user has the post open in that tab, now. One statement, whether it is the first time or not."""
    now = timezone.now()
    Presence.objects.bulk_create(
        [Presence(post=post, user=user, tab=tab, opened_at=now, seen_at=now)],
        update_conflicts=True,
        unique_fields=["post", "user", "tab"],
        update_fields=["seen_at"],
    )


def end_presence(*, post: Post, user: User, tab: str) -> None:
    """The tab was closed."""
    Presence.objects.filter(post=post, user=user, tab=tab).delete()


def who_is_present(*, post: Post) -> list[Present]:
    """Everybody who has the post open now, those who opened it first before the others: one query."""
    rows = Presence.objects.filter(post=post, seen_at__gt=timezone.now() - FORGOTTEN_AFTER).select_related("user")
    shown = rows.only("opened_at", "user__username", "user__display_name", "user__avatar_url")
    return _by_person(list(shown.order_by("opened_at", "id")[:MAX_SHOWN]))


def _by_person(rows: Sequence[Presence]) -> list[Present]:
    first: dict[int, Presence] = {}
    tabs: dict[int, int] = {}
    for row in rows:
        first.setdefault(row.user_id, row)
        tabs[row.user_id] = tabs.get(row.user_id, 0) + 1
    return [Present(row.user, row.opened_at, tabs[pk]) for pk, row in first.items()]


@every(minutes=1)
def forget_presences() -> int:
    """Delete the rows of tabs that were not heard of for a while; returns how many."""
    deleted, _ = Presence.objects.filter(seen_at__lte=timezone.now() - FORGOTTEN_AFTER).delete()
    return deleted
