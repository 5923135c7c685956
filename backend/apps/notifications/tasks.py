"""Jobs of notifications: gathering what goes into the daily mails, and forgetting what is old."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.common.outbox import record
from apps.common.periodic import every
from apps.notifications.models import Notification

DIGEST_DUE = "notifications.digest_due"
"""Carries `user_id`, `notification_ids`, how many `more` there are, and the `day`."""
MOST_IN_DIGEST = 100
READ_STAYS = timedelta(days=90)
ANY_STAYS = timedelta(days=365)
MAIL_WAITS = timedelta(days=7)
_AT_ONCE = 1000


def last_digest_time(now: datetime) -> datetime:
    """The latest moment at which daily mails were due."""
    today = now.replace(hour=settings.DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


@every(minutes=10)
def queue_digests() -> int:
    """Give everybody what came for them before the last time of daily mails; returns to how many. Each in one
    transaction with the message that sends it, so that nothing goes into two mails."""
    until = last_digest_time(timezone.now())
    due = Notification.objects.filter(mail=Notification.Mail.DIGEST, created_at__lt=until)
    people = list(due.order_by().values_list("recipient_id", flat=True).distinct())
    return sum(_queue_digest(recipient_id, until) for recipient_id in people)


@transaction.atomic
def _queue_digest(recipient_id: int, until: datetime) -> bool:
    due = Notification.objects.filter(recipient=recipient_id, mail=Notification.Mail.DIGEST, created_at__lt=until)
    ids = list(due.select_for_update().order_by("-happened_at", "-pk").values_list("pk", flat=True))
    if not ids:
        return False
    rows = Notification.objects.filter(recipient=recipient_id, mail=Notification.Mail.DIGEST)
    rows.filter(pk__in=ids[:MOST_IN_DIGEST]).update(mail=Notification.Mail.NOW)
    rows.filter(created_at__lt=until).update(mail=Notification.Mail.NONE)
    message = {
        "user_id": recipient_id,
        "notification_ids": ids[:MOST_IN_DIGEST],
        "more": max(0, len(ids) - MOST_IN_DIGEST),
        "day": until.date().isoformat(),
    }
    record(DIGEST_DUE, message)
    return True


@every(hours=1)
def forget_old_notifications() -> int:
    """Delete what was read a season ago and what nobody read in a year, a batch at a time, and give up mails about what
    has been out of sight for a week; returns how many rows were deleted."""
    now = timezone.now()
    late = Notification.objects.filter(mail=Notification.Mail.NOW, created_at__lt=now - MAIL_WAITS)
    late.update(mail=Notification.Mail.NONE)
    old = Q(read_at__lt=now - READ_STAYS) | Q(happened_at__lt=now - ANY_STAYS)
    deleted = 0
    while ids := list(Notification.objects.filter(old).order_by().values_list("pk", flat=True)[:_AT_ONCE]):
        Notification.objects.filter(pk__in=ids).delete()
        deleted += len(ids)
    return deleted
