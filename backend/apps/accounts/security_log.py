"""Writing the log of what concerns an account's security."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from apps.accounts.clients import NOBODY, Client
from apps.accounts.models import SecurityEvent, User
from apps.common import outbox

Kind = SecurityEvent.Kind

SECURITY_NOTED = "accounts.security_noted"
KEEP_EVENTS = timedelta(days=365)

NOTICED = frozenset(
    {
        Kind.REFRESH_REPLAYED,
        Kind.SESSIONS_ENDED,
        Kind.EMAIL_CHANGED,
        Kind.PASSWORD_CHANGED,
        Kind.PASSWORD_RESET,
        Kind.TOTP_ADDED,
        Kind.TOTP_REMOVED,
        Kind.PASSKEY_ADDED,
        Kind.PASSKEY_REMOVED,
        Kind.RECOVERY_CODES_MADE,
        Kind.RECOVERY_CODE_USED,
        Kind.TOKEN_MADE,
    }
)
"""What the owner is told by mail, and a sign-in from a device that is new (see `mails.notices`)."""


def log_event(
    *,
    user: User,
    kind: Kind,
    client: Client = NOBODY,
    detail: str = "",
    by: User | None = None,
    also_to: Sequence[str] = (),
    at: datetime | None = None,
) -> None:
    """Add a row, in the transaction of what happened, and see that the owner is told where it matters.

    `detail` never holds a secret; `by`: who, if not the owner; `also_to`: addresses that are told as well, such as the
    one before; `at`: when it was, if not now.
    """
    event = SecurityEvent.objects.create(
        user=user,
        kind=kind,
        detail=detail[:200],
        by=by if by is not None and by.pk != user.pk else None,
        address=client.address,
        user_agent=client.user_agent,
        created_at=at or timezone.now(),
    )
    if kind in NOTICED or (kind == Kind.SIGNED_IN and _may_be_new_device(event)):
        outbox.record(SECURITY_NOTED, {"event_id": event.pk, **({"also_to": list(also_to)} if also_to else {})})


def _may_be_new_device(event: SecurityEvent) -> bool:
    """Whether there were sign-ins before, and none with exactly this description of itself."""
    earlier = SecurityEvent.objects.filter(user=event.user, kind=Kind.SIGNED_IN, pk__lt=event.pk)
    return earlier.exists() and not earlier.filter(user_agent=event.user_agent).exists()


def forget_old_events() -> int:
    """Delete events that are older than a year; returns how many rows."""
    deleted, _ = SecurityEvent.objects.filter(created_at__lt=timezone.now() - KEEP_EVENTS).delete()
    return int(deleted)
