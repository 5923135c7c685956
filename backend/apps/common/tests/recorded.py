"""What the outbox was told."""

from collections import Counter

from apps.common.models import OutboxMessage


def times_recorded(event: str) -> int:
    """How often the event happened. Each of its subscribers has a row of its own, however many there are."""
    rows = Counter(OutboxMessage.objects.filter(event=event).values_list("subscriber", flat=True))
    assert len(set(rows.values())) <= 1
    return max(rows.values(), default=0)
