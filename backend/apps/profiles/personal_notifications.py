"""Inbox and wishes of somebody, as rows to be written down: what it was about and when, not who did it."""

from collections.abc import Iterator
from typing import Any

from apps.accounts.models import User
from apps.notifications.models import Notification
from apps.notifications.preferences import all_wishes

_CHUNK = 500
_COLUMNS = ("kind", "group", "data", "in_inbox", "mail", "mailed_at", "happened_at", "read_at")


def notification_sections(user: User) -> Iterator[tuple[str, Any]]:
    """Names and contents, in order."""
    wishes = all_wishes(user).items()
    yield "notification_settings", [{"kind": kind, "web": wish.web, "mail": str(wish.mail)} for kind, wish in wishes]
    rows = Notification.objects.filter(recipient=user).order_by("pk").values(*_COLUMNS)
    yield "notifications", iter(rows.iterator(chunk_size=_CHUNK))
