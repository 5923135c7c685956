"""Archives of everything about somebody, made when they ask for one."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


def random_name() -> str:
    return secrets.token_hex(24)


class Export(models.Model):
    """One archive. A new one takes the place of the one before."""

    class Status(models.TextChoices):
        WAITING = "waiting", "waiting"
        READY = "ready", "ready"
        FAILED = "failed", "failed"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    name = models.CharField(max_length=64, unique=True, default=random_name, editable=False)
    """Of the file, without its ending. Random, and chosen here: whoever makes the archive again overwrites it."""
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    """In bytes, once it is ready."""
    requested_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(status="waiting"), name="export_one_waiting"),
            models.CheckConstraint(condition=Q(status__in=["waiting", "ready", "failed"]), name="export_status_known"),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="export_of_user"),
            models.Index(fields=["expires_at"], name="export_expiry", condition=Q(expires_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.status}"

    @property
    def path(self) -> Path:
        return Path(settings.EXPORT_ROOT) / f"{self.name}.zip"
