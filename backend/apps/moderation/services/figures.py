"""How much there is to moderate, and how long people wait: for the admin's dashboard."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from apps.comments.models import Comment
from apps.moderation.models import Case, Decision, Report

MOST_DECISIONS = 20_000
"""Decisions that response times are taken from: the newest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Daily:
    """One number for each day, the oldest first; days in UTC."""

    title: str
    days: list[date]
    counts: list[int]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """From the opening of cases to their first decision by a moderator."""

    title: str
    decided: int
    median: timedelta | None
    ninetieth: timedelta | None


def daily_figures(days: int) -> list[Daily]:
    """Comments, reports and decisions of moderators on each of the last `days` days, today included."""
    today = timezone.now().date()
    span = [today - timedelta(days=ago) for ago in range(days - 1, -1, -1)]
    since = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days - 1)
    rows: list[tuple[str, Any]] = [
        ("Comments", Comment.objects.all()),
        ("Reports", Report.objects.all()),
        ("Decisions", Decision.objects.filter(moderator_id__isnull=False)),
    ]
    return [Daily(title=title, days=span, counts=_by_day(table, since, span)) for title, table in rows]


def response_times(days: int) -> list[Waiting]:
    """How long cases that were decided in these days had waited: all, those that were reported, those that a rule
    held."""
    waits = _waits(timezone.now() - timedelta(days=days))
    return [
        _waiting("All cases", (wait for wait, _ in waits)),
        _waiting("Reported", (wait for wait, is_held in waits if not is_held)),
        _waiting("Held by a rule", (wait for wait, is_held in waits if is_held)),
    ]


def percentile(ordered: Sequence[timedelta], share: float) -> timedelta | None:
    """By the nearest rank: a value that really occurred. None of nothing."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None


def _by_day(rows: Any, since: datetime, span: Iterable[date]) -> list[int]:
    counted = rows.filter(created_at__gte=since).annotate(day=TruncDate("created_at", tzinfo=since.tzinfo))
    counts = dict(counted.order_by("day").values_list("day").annotate(Count("pk")))
    return [counts.get(day, 0) for day in span]


def _waits(since: datetime) -> list[tuple[timedelta, bool]]:
    """For each case how long its first decision was waited for, and whether a rule opened it."""
    decided = Decision.objects.filter(created_at__gte=since, moderator_id__isnull=False, case_id__isnull=False)
    newest = decided.filter(answers__isnull=True).order_by("-number").values_list("case_id", "created_at")
    first: dict[int | None, datetime] = dict(newest[:MOST_DECISIONS])  # the oldest of a case comes last, and stays
    waits: list[tuple[timedelta, bool]] = []
    ids = [pk for pk in first if pk is not None]
    for start in range(0, len(ids), 500):
        cases = Case.objects.filter(pk__in=ids[start : start + 500]).values_list("pk", "opened_at", "rule_id")
        waits += [(max(first[pk] - opened, timedelta(0)), rule is not None) for pk, opened, rule in cases]
    return waits


def _waiting(title: str, waits: Iterable[timedelta]) -> Waiting:
    ordered = sorted(waits)
    return Waiting(
        title=title, decided=len(ordered), median=percentile(ordered, 0.5), ninetieth=percentile(ordered, 0.9)
    )
