"""Steps that wait for a proof."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from apps.accounts.models.user import User


class Challenge(models.Model):
    """Something begun that ends when somebody proves something: a code from a mail, a second factor, a passkey.

    It is made whether there is such an account or not, so that neither the answer nor its time tells. Who holds the
    secret of the row may try; the code itself is nowhere: it is derived from the row (see `codes`).
    """

    class Purpose(models.TextChoices):
        SIGN_UP = "sign_up", "sign up"
        VERIFY_EMAIL = "verify_email", "verify the e-mail address"
        SIGN_IN_CODE = "sign_in_code", "sign in by code"
        SECOND_FACTOR = "second_factor", "second factor"
        RESET_PASSWORD = "reset_password", "reset the password"
        CHANGE_EMAIL = "change_email", "change the e-mail address"
        SIGN_IN_PASSKEY = "sign_in_passkey", "sign in by passkey"
        ADD_PASSKEY = "add_passkey", "add a passkey"
        ADD_TOTP = "add_totp", "add an authenticator app"
        CONFIRM_PASSKEY = "confirm_passkey", "confirm by passkey"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    secret_digest = models.CharField(max_length=64)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="challenges")
    email = models.EmailField(max_length=254, blank=True)
    """Where the code goes."""
    data = models.JSONField(default=dict, blank=True)
    """What the step needs when it ends: the new account, the new address, the state of a WebAuthn ceremony."""
    sends = models.PositiveSmallIntegerField(default=0)
    """How often a code was sent; each is another one."""
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["expires_at"], name="challenge_expiry")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} since {self.created_at:%Y-%m-%d %H:%M}"
