"""Telling owners of tries to get into their account that failed.

The request writes the same row of the outbox whether there is such an account or not, so that neither its statements
nor its time tell. What belongs to an account becomes an event when the outbox is drained.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from apps.accounts.clients import Client, recall, remembered
from apps.accounts.models import SecurityEvent, User
from apps.accounts.security_log import Kind, log_event
from apps.common import outbox

SIGN_IN_FAILED = "accounts.sign_in_failed"


def note_failed_sign_in(*, user: User | None, client: Client) -> None:
    """A wrong password, or one for an account that may not sign in. What was typed as a name is not kept."""
    at = timezone.now().isoformat()
    outbox.record(SIGN_IN_FAILED, {"user_id": user.pk if user else None, "at": at, "from": remembered(client)})


@outbox.subscribe(SIGN_IN_FAILED)
def log_failed_sign_in(payload: dict[str, Any]) -> None:
    """Add the event where there is an account. Once, even if it is called twice."""
    user = User.objects.filter(pk=payload["user_id"]).first()
    if user is None:
        return
    at = datetime.fromisoformat(payload["at"])
    if not SecurityEvent.objects.filter(user=user, kind=Kind.SIGN_IN_FAILED, created_at=at).exists():
        log_event(user=user, kind=Kind.SIGN_IN_FAILED, client=recall(payload["from"]), at=at)
