"""What Celery calls. Each task does what `manage.py work` does in the embedded shape."""

from celery import shared_task

from apps.common import outbox, periodic
from apps.common.idempotency_store import forget_old


@shared_task(time_limit=120, soft_time_limit=90)
def drain_outbox() -> int:
    """Carry out what the outbox holds."""
    return outbox.drain()


@shared_task(time_limit=120, soft_time_limit=90)
def run_periodic_jobs() -> int:
    """The sweeper: due jobs first, then whatever is left in the outbox."""
    ran = periodic.run_due()
    outbox.drain()
    return ran


@periodic.every(hours=1)
def clean_up() -> None:
    """Drop what has served its time: done messages and remembered answers."""
    outbox.forget_done()
    forget_old()
