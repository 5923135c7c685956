"""The log of what concerns an account's security."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from apps.accounts.models.user import User


class SecurityEvent(models.Model):
    """Something happened to an account that its owner should be able to look up. Rows are added, never changed."""

    class Kind(models.TextChoices):
        SIGNED_UP = "signed_up", "signed up"
        SIGNED_IN = "signed_in", "signed in"
        SIGN_IN_FAILED = "sign_in_failed", "sign-in failed"
        SIGNED_OUT = "signed_out", "signed out"
        SESSION_ENDED = "session_ended", "session ended"
        SESSIONS_ENDED = "sessions_ended", "signed out everywhere"
        REFRESH_REPLAYED = "refresh_replayed", "refresh token used twice"
        EMAIL_VERIFIED = "email_verified", "e-mail address verified"
        EMAIL_CHANGED = "email_changed", "e-mail address changed"
        PASSWORD_CHANGED = "password_changed", "password changed"
        PASSWORD_RESET = "password_reset", "password reset"
        TOTP_ADDED = "totp_added", "authenticator app added"
        TOTP_REMOVED = "totp_removed", "authenticator app removed"
        PASSKEY_ADDED = "passkey_added", "passkey added"
        PASSKEY_REMOVED = "passkey_removed", "passkey removed"
        RECOVERY_CODES_MADE = "recovery_codes_made", "recovery codes made"
        RECOVERY_CODE_USED = "recovery_code_used", "recovery code used"
        TOKEN_MADE = "token_made", "API token made"
        TOKEN_REVOKED = "token_revoked", "API token revoked"
        ROLES_CHANGED = "roles_changed", "roles changed"
        DEACTIVATED = "deactivated", "deactivated"
        ACTIVATED = "activated", "activated"
        EXPORT_ASKED = "export_asked", "export asked for"
        DELETION_ASKED = "deletion_asked", "deletion asked for"
        DELETION_UNDONE = "deletion_undone", "deletion undone"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="security_events")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    detail = models.CharField(max_length=200, blank=True)
    """What it concerned: the name of a passkey or token, the roles, never a secret."""
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who did it, where it was not the owner."""
    address = models.GenericIPAddressField(null=True, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "-id"], name="security_event_of_user"),
            models.Index(fields=["created_at"], name="security_event_time"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.get_kind_display()}"
