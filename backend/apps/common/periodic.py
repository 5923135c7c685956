"""Jobs that run every so often, in `manage.py work` and under Celery beat alike.

    @every(minutes=1)
    def settle_due_posts() -> None: ...

A job must be safe to run twice and in two processes at once.
"""

import time
from collections.abc import Callable
from datetime import timedelta

import structlog
from django.core.cache import cache

logger = structlog.get_logger(__name__)

Job = Callable[[], object]
_jobs: dict[str, tuple[Job, timedelta]] = {}


def every(**interval: float) -> Callable[[Job], Job]:
    """Register a job; the interval is given as to `timedelta`."""

    def register(function: Job) -> Job:
        _jobs[f"{function.__module__}.{function.__qualname__}"] = (function, timedelta(**interval))
        return function

    return register


def run_due() -> int:
    """Run each job whose interval has passed since its last run anywhere; returns how many ran."""
    ran = 0
    for name, (job, interval) in _jobs.items():
        # A lost cache only means that a job runs more often than it has to.
        if cache.add(f"periodic:{name}", time.time(), timeout=interval.total_seconds() * 0.95) is False:
            continue
        ran += 1
        try:
            job()
        except Exception:
            logger.exception("periodic.failed", job=name)
    return ran
