"""The log of decisions: rows are appended, numbered 1, 2, 3, … and each holds the hash of the one before.

The hash of a row is SHA-256 over the hash before it and the row's own content as canonical JSON. So whoever changes,
removes or inserts a row has to make all later hashes anew, and `LogHead`, and whatever copy of the newest hash an
operator has put aside.
"""

import hashlib
import json
from datetime import UTC
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.common.outbox import record
from apps.moderation.models import Decision, LogHead

HEAD = 1
"""The key of the only row of LogHead."""
CONTENT = (
    *("number", "action", "subject", "subject_id", "person_id", "moderator_id", "case_id", "answers"),
    *("reason", "rule", "note", "before", "after"),
)
DECIDED = "moderation.decided"
"""Carries `number`."""


@transaction.atomic
def append(
    *,
    action: str,
    subject: str,
    subject_id: int,
    person_id: int | None = None,
    moderator_id: int | None = None,
    case_id: int | None = None,
    answers: int | None = None,
    reason: str = "",
    rule: str = "",
    note: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Decision:
    """Write a row at the end of the log, in the caller's transaction, which is the last to write until it ends."""
    head = lock_head()
    row = Decision(
        number=head.number + 1,
        action=action,
        subject=subject,
        subject_id=subject_id,
        person_id=person_id,
        moderator_id=moderator_id,
        case_id=case_id,
        answers=answers,
        reason=reason,
        rule=rule,
        note=note,
        before=before or {},
        after=after or {},
        created_at=timezone.now(),
        previous_hash=head.hash,
    )
    row.hash = digest(row)
    row.save()
    LogHead.objects.filter(pk=HEAD).update(number=row.number, hash=row.hash)
    record(DECIDED, {"number": row.number})
    return row


def lock_head() -> LogHead:
    """The end of the log, held until the transaction ends. (On SQLite every writer has the database to itself.)"""
    head = LogHead.objects.select_for_update().filter(pk=HEAD).first()
    if head is None:
        newest = Decision.objects.order_by("-number").first()
        start = {"number": newest.number, "hash": newest.hash} if newest else {}
        LogHead.objects.get_or_create(pk=HEAD, defaults=start)
        head = LogHead.objects.select_for_update().get(pk=HEAD)
    return head


def digest(row: Decision, *, number: int | None = None) -> str:
    """The hash that the row should have; `number`: as if that were its number."""
    content: dict[str, Any] = {name: getattr(row, name) for name in CONTENT}
    content["created_at"] = row.created_at.astimezone(UTC).isoformat(timespec="microseconds")
    if number is not None:
        content["number"] = number
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{row.previous_hash}\n{text}".encode()).hexdigest()
