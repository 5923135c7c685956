"""Where people are signed in."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from apps.accounts.models.user import User
from apps.accounts.querysets import SessionQuerySet


class Session(models.Model):
    """One sign-in: a family of refresh tokens, of which one is good at the moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    refresh_id = models.CharField(max_length=64)
    previous_refresh_id = models.CharField(max_length=64, blank=True)
    """The one before: for some seconds after `rotated_at` it receives the same successor again."""
    rotated_at = models.DateTimeField(null=True, blank=True)
    password_version = models.PositiveIntegerField()
    methods = models.JSONField(default=list, blank=True)
    """How the owner proved who they are: `password`, `email_code`, `passkey`, `totp`, `recovery_code`."""
    confirmed_at = models.DateTimeField(default=timezone.now)
    """When they last proved it. What guards the account asks for a recent proof."""
    user_agent = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-used_at"]
        indexes = [
            models.Index(fields=["user", "-used_at"], name="session_of_user"),
            models.Index(fields=["expires_at"], name="session_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} since {self.created_at:%Y-%m-%d}"
