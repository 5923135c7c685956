"""Charts of comments, reports and decisions, and response times: a page without scripts."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from apps.moderation.models import Case
from apps.moderation.policies import can_moderate
from apps.moderation.services.figures import Daily, Waiting, daily_figures, response_times

SPANS = (7, 30, 90)
KEPT_SECONDS = 60
"""Figures are no older than this."""
WIDTH, HEIGHT, GAP = 720, 120, 1


def dashboard(request: HttpRequest) -> HttpResponse:
    """The page; the admin site has made sure that somebody of the staff asks."""
    if not can_moderate(request.user):
        raise PermissionDenied
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(span) for span in SPANS} else 30
    figures: tuple[list[Daily], list[Waiting]] | None = cache.get(f"moderation:figures:{days}")
    if figures is None:
        figures = daily_figures(days), response_times(days)
        cache.set(f"moderation:figures:{days}", figures, KEPT_SECONDS)
    daily, waiting = figures
    context = {
        **admin.site.each_context(request),
        "title": "Moderation in figures",
        "opts": Case._meta,
        "days": days,
        "spans": SPANS,
        "charts": [_chart(series) for series in daily],
        "rows": list(zip(daily[0].days, *(series.counts for series in daily), strict=True))[::-1],
        "waiting": [(row.title, row.decided, in_words(row.median), in_words(row.ninetieth)) for row in waiting],
        "open_cases": Case.objects.for_moderator(request.user).open()[:1001].count(),
    }
    return TemplateResponse(request, "admin/moderation/dashboard.html", context)


def _chart(series: Daily) -> dict[str, Any]:
    highest = max(series.counts, default=0)
    return {
        "title": series.title,
        "total": series.total,
        "highest": highest,
        "width": WIDTH,
        "height": HEIGHT,
        "bars": list(_bars(series, highest)),
        "first": series.days[0],
        "last": series.days[-1],
    }


def _bars(series: Daily, highest: int) -> Iterator[dict[str, Any]]:
    step = WIDTH / len(series.counts)
    for number, (day, count) in enumerate(zip(series.days, series.counts, strict=True)):
        height = round(HEIGHT * count / highest, 1) if highest else 0
        yield {
            "x": f"{number * step:.2f}",
            "y": f"{HEIGHT - height:.1f}",
            "width": f"{max(step - GAP, 1):.2f}",
            "height": f"{height:.1f}",
            "day": day,
            "count": count,
        }


def in_words(wait: timedelta | None) -> str:
    """In the two largest units that say something: "2 d 3 h"."""
    if wait is None:
        return "–"
    seconds = int(wait.total_seconds())
    parts = ((seconds // 86400, "d"), (seconds // 3600 % 24, "h"), (seconds // 60 % 60, "min"), (seconds % 60, "s"))
    said = [f"{number} {unit}" for number, unit in parts if number]
    return " ".join(said[:2]) or "0 s"
