"""The outbox: whatever must happen after a commit is a row written in that same transaction.

    @subscribe("accounts.registered")
    def send_welcome_mail(payload: dict[str, Any]) -> None: ...

    @subscribe("media.image_received", priority=Priority.PATIENT)
    def make_renditions(payload: dict[str, Any]) -> None: ...

    record("accounts.registered", {"user_id": user.pk})     # inside the service's transaction

Each subscriber gets a row of its own, so that one that fails is repeated alone. A subscriber may run more than once
(a worker can die after the work and before the stamp), so its effect must be the same the second time.
"""

import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from apps.common.models import OutboxMessage, Priority

logger = structlog.get_logger(__name__)

Subscriber = Callable[[dict[str, Any]], None]

CLAIM_LASTS = timedelta(minutes=3)
DRAIN_LASTS = 60.0
"""Seconds after which a worker begins nothing more and comes again, well before Celery would interrupt it."""
MAX_ATTEMPTS = 12
KEEP_DONE = timedelta(days=7)
NOBODY = ""

_subscribers: dict[str, dict[str, Subscriber]] = {}
_priorities: dict[tuple[str, str], Priority] = {}


def subscribe(
    *events: str, name: str = "", priority: Priority = Priority.ORDINARY
) -> Callable[[Subscriber], Subscriber]:
    """Register a function for events. Its dotted name identifies it in the table; `name` keeps an older one, so that
    rows written before a function moved still find it. `priority`: how long it may wait behind other work."""

    def register(function: Subscriber) -> Subscriber:
        subscriber = name or f"{function.__module__}.{function.__qualname__}"
        for event in events:
            _subscribers.setdefault(event, {})[subscriber] = function
            _priorities[event, subscriber] = priority
        return function

    return register


def record(event: str, payload: dict[str, Any], *, delay: timedelta = timedelta(0)) -> None:
    """Write the event, once for each of its subscribers; wakes a worker once the transaction has committed. `delay`:
    not to be carried out before that much time has passed.

    An event that nobody subscribes to is written all the same: the outbox is also the record of what happened.
    """
    OutboxMessage.objects.bulk_create(_messages(event, payload, due_at=timezone.now() + delay))
    transaction.on_commit(_wake_worker, robust=True)


def record_each(event: str, payloads: list[dict[str, Any]]) -> None:
    """Write the event once for each payload, all in a few statements."""
    now = timezone.now()
    rows = [message for payload in payloads for message in _messages(event, payload, due_at=now)]
    OutboxMessage.objects.bulk_create(rows, batch_size=500)
    if rows:
        transaction.on_commit(_wake_worker, robust=True)


def _messages(event: str, payload: dict[str, Any], *, due_at: datetime) -> list[OutboxMessage]:
    """The rows of an event, not saved: one for each subscriber."""
    return [
        OutboxMessage(
            event=event,
            subscriber=name,
            payload=payload,
            priority=_priorities.get((event, name), Priority.ORDINARY),
            due_at=due_at,
        )
        for name in list(_subscribers.get(event, {})) or [NOBODY]
    ]


def _wake_worker() -> None:
    """Hint to Celery, where there is one. Losing the hint loses nothing: the sweeper comes by every few seconds."""
    if settings.CELERY_BROKER_URL:
        from apps.common.tasks import drain_outbox

        drain_outbox.apply_async(retry=False, ignore_result=True)


def drain(*, limit: int = 200) -> int:
    """Carry out due messages, by priority and age; returns how many were taken. Safe to run in many processes at once.

    Each is looked for anew: what somebody waits for comes next, however much patient work lies there. What is left
    after `limit` messages or DRAIN_LASTS is another round's.
    """
    taken = 0
    ends = time.monotonic() + DRAIN_LASTS
    while taken < limit and time.monotonic() < ends:
        message = _claim_next()
        if message is None:
            return taken
        taken += 1
        _carry_out(message)
    _wake_worker()
    return taken


def _claim_next() -> OutboxMessage | None:
    """Take the most pressing due message for this worker, for as long as the claim lasts."""
    now = timezone.now()
    with transaction.atomic():
        due = OutboxMessage.objects.filter(done_at__isnull=True, failed_at__isnull=True, due_at__lte=now)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        # One look a priority, each along the index: rows that are not due yet are never walked over.
        oldest = (due.filter(priority=priority).order_by("due_at", "id").first() for priority in Priority)
        message = next(filter(None, oldest), None)
        if message is None:
            return None
        message.claimed_by = secrets.token_hex(16)
        message.due_at = now + CLAIM_LASTS
        message.attempts += 1
        message.save(update_fields=["claimed_by", "due_at", "attempts"])
    return message


def _carry_out(message: OutboxMessage) -> None:
    """Run the subscriber and stamp the row; a failure makes it due again after a growing pause."""
    mine = OutboxMessage.objects.filter(pk=message.pk, claimed_by=message.claimed_by)
    try:
        if message.subscriber != NOBODY:
            _subscribers[message.event][message.subscriber](message.payload)
    except Exception as error:
        logger.exception("outbox.failed", outbox_event=message.event, subscriber=message.subscriber, id=message.pk)
        now = timezone.now()
        mine.update(
            due_at=now + timedelta(seconds=min(5 * 2**message.attempts, 3600)),
            failed_at=now if message.attempts >= MAX_ATTEMPTS else None,
            last_error=f"{error.__class__.__name__}: {error}"[:2000],
        )
    else:
        mine.update(done_at=timezone.now(), last_error="")


def retry_failed() -> int:
    """Give messages that were given up another round; returns how many."""
    return OutboxMessage.objects.filter(failed_at__isnull=False).update(
        failed_at=None, attempts=0, due_at=timezone.now()
    )


def forget_done() -> int:
    """Delete what was carried out more than a week ago; returns how many rows."""
    deleted, _ = OutboxMessage.objects.filter(done_at__lt=timezone.now() - KEEP_DONE).delete()
    return deleted


def backlog() -> dict[str, int]:
    """Counts for the health page and metrics: `waiting` and `failed`."""
    return {
        "waiting": OutboxMessage.objects.filter(
            done_at__isnull=True, failed_at__isnull=True, due_at__lte=timezone.now()
        ).count(),
        "failed": OutboxMessage.objects.filter(failed_at__isnull=False).count(),
    }
