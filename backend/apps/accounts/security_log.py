"""Writing the log of what concerns an account's security."""

from apps.accounts.clients import NOBODY, Client
from apps.accounts.models import SecurityEvent, User

Kind = SecurityEvent.Kind


def log_event(*, user: User, kind: Kind, client: Client = NOBODY, detail: str = "", by: User | None = None) -> None:
    """Add a row, in the transaction of what happened. `detail` never holds a secret; `by`: who, if not the owner."""
    SecurityEvent.objects.create(
        user=user,
        kind=kind,
        detail=detail[:200],
        by=by if by is not None and by.pk != user.pk else None,
        address=client.address,
        user_agent=client.user_agent,
    )
