"""Thinning histories: of revisions older than a day one an hour stays, of those older than a week one a day.

Milestones, versions that were put aside, what was brought back, the first and the newest of each post stay for good.
Hours and days are those of UTC, and are thinned once they are over as a whole: when the job runs makes no difference.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from apps.common.periodic import every
from apps.posts.models import Post, Revision

HOURLY, DAILY = 1, 2
ALL_OF_THEM = timedelta(days=1)
"""As long as today lasts anywhere, everything is there."""
ONE_AN_HOUR = timedelta(days=7)
POSTS_AT_ONCE = 500


@dataclass
class Thinning:
    """What becomes of a post's revisions, by id."""

    gone: list[int] = field(default_factory=list)
    hourly: list[int] = field(default_factory=list)
    daily: list[int] = field(default_factory=list)


@every(minutes=30)
def thin_histories() -> int:
    """Thin the histories in which something has come of age; returns how many revisions went."""
    now = timezone.now()
    hourly, daily = _limits(now)
    due = Revision.objects.order_by().values_list("post_id", flat=True).distinct()
    posts = {
        *due.filter(thinned__lt=HOURLY, created_at__lt=hourly)[:POSTS_AT_ONCE],
        *due.filter(thinned__lt=DAILY, created_at__lt=daily)[:POSTS_AT_ONCE],
    }
    return sum(thin_history(post_id, now) for post_id in sorted(posts))


@transaction.atomic
def thin_history(post_id: int, now: datetime) -> int:
    """Thin the history of one post; returns how many revisions went. Writers of the post wait."""
    if Post.objects.select_for_update().filter(pk=post_id).only("pk").first() is None:
        return 0
    columns = ("pk", "number", "kind", "name", "created_at", "restored_from", "thinned")
    rows = list(Revision.objects.filter(post_id=post_id).only(*columns).order_by("number"))
    plan = plan_thinning(rows, now)
    Revision.objects.filter(pk__in=plan.hourly).update(thinned=HOURLY)
    Revision.objects.filter(pk__in=plan.daily).update(thinned=DAILY)
    return Revision.objects.filter(pk__in=plan.gone).delete()[0]


def plan_thinning(rows: Iterable[Revision], now: datetime) -> Thinning:
    """What becomes of these revisions, all of one post, in order of their numbers."""
    rows = list(rows)
    hourly, daily = _limits(now)
    brought_back = {row.restored_from for row in rows}
    plan = Thinning()
    later: set[datetime] = set()
    """Hours and days of which a later revision stays."""
    for row in reversed(rows):
        stage = DAILY if row.created_at < daily else HOURLY if row.created_at < hourly else 0
        if stage == 0:
            continue
        period = _start_of_day(row.created_at) if stage == DAILY else _start_of_hour(row.created_at)
        stays = (
            row in {rows[0], rows[-1]}
            or row.name
            or row.kind == Revision.Kind.KEPT
            or row.number in brought_back
            or period not in later
        )
        if not stays:
            plan.gone.append(row.pk)
            continue
        if row.kind != Revision.Kind.KEPT:
            later.add(period)
        if row.thinned < stage:
            (plan.daily if stage == DAILY else plan.hourly).append(row.pk)
    return plan


def _limits(now: datetime) -> tuple[datetime, datetime]:
    """Before the one, an hour is thinned; before the other, a day."""
    return _start_of_hour(now - ALL_OF_THEM), _start_of_day(now - ONE_AN_HOUR)


def _start_of_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _start_of_day(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
