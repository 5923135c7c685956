"""Mail about accounts that are to be deleted."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import lazy

from apps.accounts.leaving import DELETION_ASKED, DELETION_UNDONE
from apps.accounts.mails.kinds import declare
from apps.accounts.mails.sending import greeting_name, send_mail
from apps.accounts.models import User
from apps.common.outbox import subscribe

_SAMPLE = {"name": "Mina Okafor", "username": "mina", "due_on": "5 December 2026"}
DELETION = declare(
    "deletion",
    variants={
        "asked": {**_SAMPLE, "undone": False},
        "by_staff": {**_SAMPLE, "undone": False, "by_staff": True},
        "undone": {**_SAMPLE, "undone": True},
    },
)
_day: Callable[[datetime | None], Any] = lazy(lambda moment: date_format(moment, "DATE_FORMAT"), str)


@subscribe(DELETION_ASKED)
def send_deletion_mail(payload: dict[str, Any]) -> None:
    """Say when the account will be deleted and how to keep it, unless that was undone already."""
    _send(payload, undone=False)


@subscribe(DELETION_UNDONE)
def send_kept_mail(payload: dict[str, Any]) -> None:
    """Say that the account stays."""
    _send(payload, undone=True)


def _send(payload: dict[str, Any], *, undone: bool) -> None:
    user = User.objects.filter(pk=payload["user_id"], is_active=True, deletion_due_at__isnull=undone).first()
    if user is not None:
        due_on = _day(parse_datetime(payload["due_at"]))
        context = {
            "name": greeting_name(user),
            "username": user.username,
            "due_on": due_on,
            "undone": undone,
            "by_staff": payload.get("by_staff", False),
        }
        send_mail(
            kind=DELETION,
            to=user.email,
            language=user.language,
            context=context,
            key=f"{user.pk}:{payload['due_at']}:{undone}",
        )
