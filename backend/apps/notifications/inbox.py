"""Reading the inbox: who did what a row tells, how many are unread, and marking rows as read."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from apps.accounts.models import User
from apps.common.errors import FieldProblem
from apps.notifications.models import Actor, Kind, Notification
from apps.notifications.querysets import without_apart

NAMED = 3
"""People who are named of those whose likes a row gathers."""
MOST_COUNTED = 1000
"""Unread ones beyond are not counted: nobody reads such a number."""

People = tuple[list[User], int]


def load_people(rows: Sequence[Notification], recipient: User) -> dict[int, People]:
    """For each row the latest who did it and how many did: one query. Of a new post, its author."""
    found: dict[int, People] = {row.pk: ([], 0) for row in rows}
    actors = without_apart(Actor.objects.filter(notification__in=list(found)), "person", recipient.pk)
    ranked = actors.annotate(
        rank=Window(RowNumber(), partition_by="notification", order_by=F("id").desc()),
        number=Window(Count("pk"), partition_by="notification"),
    )
    shown = ranked.filter(rank__lte=NAMED).select_related("person").order_by("notification_id", "rank")
    for actor in shown.only("notification_id", "person__username", "person__display_name", "person__avatar_url"):
        people, _ = found[actor.notification_id]
        found[actor.notification_id] = ([*people, actor.person], actor.number)
    for row in rows:
        if row.kind == Kind.POST and row.post is not None:
            found[row.pk] = ([row.post.author], 1)
    return found


def count_unread(user: User) -> int:
    """As many as the list of unread ones holds, MOST_COUNTED at most: one query."""
    return Notification.objects.inbox_of(user).unread().order_by()[:MOST_COUNTED].count()


@transaction.atomic
def mark(row: Notification, *, read: bool) -> None:
    """As read, or as unread again; the time of the first reading stays."""
    if (row.read_at is not None) != read:
        row.read_at = timezone.now() if read else None
        Notification.objects.filter(pk=row.pk).update(read_at=row.read_at)


@transaction.atomic
def mark_all_read(user: User, *, up_to: int | None = None) -> int:
    """All that the inbox shows, or what it shows from the row with this id on down; what came meanwhile stays unread.
    Returns how many were unread."""
    rows = Notification.objects.inbox_of(user)
    if up_to is not None:
        newest = rows.filter(pk=up_to).first()
        if newest is None:
            raise FieldProblem("up_to", "There is no such notification.", code="does_not_exist")
        same = Q(happened_at=newest.happened_at, pk__lte=newest.pk)
        rows = rows.filter(Q(happened_at__lt=newest.happened_at) | same)
    unread = rows.unread().order_by().values("pk")
    return int(Notification.objects.filter(pk__in=unread).update(read_at=timezone.now()))
