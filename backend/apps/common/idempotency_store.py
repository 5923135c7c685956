"""The table behind `Idempotency-Key`: claim a key, do the work, keep the answer in the same transaction as the work."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.common.errors import DomainError
from apps.common.models import IdempotencyRecord

KEEP = timedelta(hours=24)
CLAIM_LASTS = timedelta(seconds=60)
"""Longer than any request may take; after it a repeat may take over from a process that died."""


class KeyReused(DomainError):
    status = 422
    code = "idempotency_key_reused"
    title = "This Idempotency-Key belongs to another request"

    def __init__(self) -> None:
        super().__init__("The key was used before with another body or address. Send a new key with a new request.")


class StillRunning(DomainError):
    status = 409
    code = "idempotency_key_in_use"
    title = "The first request with this Idempotency-Key is still running"
    retry_after = 1

    def __init__(self) -> None:
        super().__init__("Repeat the request in a moment to get its answer.")


class ClaimLost(DomainError):
    """Another process took the key over while this one was working: its work is rolled back."""

    status = 409
    code = "idempotency_key_in_use"
    title = "The request took too long and was taken over by a repeat"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is replayed: the status, the body as data, and headers such as Location."""

    status: int
    body: Any
    headers: dict[str, str]


def fingerprint(*, method: str, path: str, body: bytes) -> str:
    """A digest of what was asked, so that a key cannot be used for two different things."""
    text = b"\0".join([method.encode(), path.encode(), body])
    # Keyed: a body may hold a password, which nobody who reads the table may try to guess from a bare digest.
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


def claim(*, principal: str, key: str, fingerprint: str) -> IdempotencyRecord | Answer:
    """Claim the key for this request, or return the answer that it was given before."""
    now = timezone.now()
    token = secrets.token_hex(16)
    try:
        with transaction.atomic():
            return IdempotencyRecord.objects.create(
                principal=principal,
                key=key,
                fingerprint=fingerprint,
                claim=token,
                claimed_until=now + CLAIM_LASTS,
            )
    except IntegrityError:
        pass
    with transaction.atomic():
        record = IdempotencyRecord.objects.select_for_update().filter(principal=principal, key=key).first()
        if record is None:  # released between the two statements
            raise StillRunning
        if record.created_at < now - KEEP:
            IdempotencyRecord.objects.filter(pk=record.pk).delete()
            return IdempotencyRecord.objects.create(
                principal=principal,
                key=key,
                fingerprint=fingerprint,
                claim=token,
                claimed_until=now + CLAIM_LASTS,
            )
        if record.fingerprint != fingerprint:
            raise KeyReused
        if record.status is not None:
            return Answer(status=record.status, body=record.body, headers=record.headers)
        if record.claimed_until > now:
            raise StillRunning
        record.claim, record.claimed_until = token, now + CLAIM_LASTS
        record.save(update_fields=["claim", "claimed_until"])
        return record


def complete(record: IdempotencyRecord, answer: Answer) -> None:
    """Keep the answer. Call inside the transaction of the work, so that both exist or neither."""
    kept = IdempotencyRecord.objects.filter(pk=record.pk, claim=record.claim).update(
        status=answer.status, body=answer.body, headers=answer.headers
    )
    if not kept:
        raise ClaimLost


def release(record: IdempotencyRecord) -> None:
    """Give the key back after a refused request, so that a corrected one may use it."""
    IdempotencyRecord.objects.filter(pk=record.pk, claim=record.claim, status__isnull=True).delete()


def forget_old() -> int:
    """Delete what is older than 24 hours; returns how many rows."""
    deleted, _ = IdempotencyRecord.objects.filter(created_at__lt=timezone.now() - KEEP).delete()
    return deleted
