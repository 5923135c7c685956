"""Users and their sessions."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.validators import URLValidator
from django.db import models
from django.db.models import CharField, EmailField, Q
from django.db.models.functions import Lower
from django.utils import timezone

from apps.accounts.querysets import SessionQuerySet, UserManager
from apps.accounts.validators import validate_username

CharField.register_lookup(Lower)
EmailField.register_lookup(Lower)

web_url = URLValidator(schemes=["http", "https"])


class User(AbstractUser):
    """A person with an account. Counters are kept by the services of posts and comments."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    username = models.CharField(max_length=30, validators=[validate_username])
    email = models.EmailField("e-mail address", max_length=254)
    display_name = models.CharField(max_length=80, blank=True)
    bio = models.TextField(max_length=1000, blank=True)
    avatar_url = models.CharField(max_length=500, blank=True)
    website = models.URLField(max_length=300, blank=True, validators=[web_url])
    post_count = models.PositiveIntegerField(default=0, editable=False)
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    password_version = models.PositiveIntegerField(default=1, editable=False)
    """Raised with every change of the password; sessions of an older one are over."""

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="username_once",
                violation_error_message="This username is taken.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="email_once",
                violation_error_message="There is an account with this e-mail address.",
            ),
        ]
        indexes = [
            models.Index(fields=["-post_count", "-id"], name="user_writers", condition=Q(post_count__gt=0)),
            models.Index(fields=["-date_joined"], name="user_joined"),
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def name(self) -> str:
        """What readers see: the display name, or the username."""
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password)
        if self.pk:
            self.password_version += 1

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is not None and "password" in fields:
            kwargs["update_fields"] = {*fields, "password_version"}
        super().save(*args, **kwargs)


class Session(models.Model):
    """One sign-in. Holds the id of the one refresh token that is good at the moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    refresh_id = models.CharField(max_length=64)
    password_version = models.PositiveIntegerField()
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


class SignInFailure(models.Model):
    """Failed tries at one account or from one address, in the current window. In the database, so that the limit
    holds with the cache away. `subject` is a keyed digest, so the table names nobody."""

    subject = models.CharField(max_length=80, unique=True)
    count = models.PositiveIntegerField(default=0)
    window_ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["window_ends_at"], name="sign_in_failure_window")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.count}"
