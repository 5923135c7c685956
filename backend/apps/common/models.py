"""The outbox, the memory of answers to repeatable requests, and where what was moved here once was."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Priority(models.IntegerChoices):
    """Which due work comes first."""

    AWAITED = 0, "somebody sits and waits for it"
    ORDINARY = 1, "somebody would notice if it took long"
    PATIENT = 2, "long, or at the mercy of other sites: may wait for all the rest"


class OutboxMessage(models.Model):
    """One piece of work that must happen after a commit: one event for one subscriber.

    Written in the transaction that it follows from. Workers claim due rows, run the subscriber and stamp `done_at`;
    a row whose worker died becomes due again when its claim runs out.
    """

    event = models.CharField(max_length=80)
    subscriber = models.CharField(max_length=160)
    payload = models.JSONField(default=dict)
    priority = models.PositiveSmallIntegerField(
        choices=Priority, default=Priority.ORDINARY, db_default=Priority.ORDINARY
    )
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_by = models.CharField(max_length=64, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["priority", "due_at", "id"],
                name="outbox_next",
                condition=Q(done_at__isnull=True, failed_at__isnull=True),
            ),
            models.Index(fields=["done_at"], name="outbox_done", condition=Q(done_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.subscriber} #{self.pk}"


class IdempotencyRecord(models.Model):
    """The first answer to a request that carried an Idempotency-Key, kept for 24 hours."""

    principal = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    claim = models.CharField(max_length=32)
    claimed_until = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    headers = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["principal", "key"], name="idempotency_key_once")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_age")]

    def __str__(self) -> str:
        return f"{self.principal} {self.key}"


class FormerAddress(models.Model):
    """Where something was before it was moved here, on another system, and where it was put."""

    path = models.CharField(max_length=500, unique=True)
    """Decoded and composed (NFC), without a slash at its end; `/?p=7` for what a number led to."""
    home = models.CharField(max_length=500)
    """The path here, decoded. What is renamed here later is found from there."""

    def __str__(self) -> str:
        return self.path
