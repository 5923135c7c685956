"""People with accounts."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractUser
from django.core.validators import URLValidator
from django.db import models
from django.db.models import CharField, EmailField, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from apps.accounts.names import deleted_name, is_deleted_username
from apps.accounts.querysets import UserManager
from apps.accounts.validators import validate_username

CharField.register_lookup(Lower)
EmailField.register_lookup(Lower)

web_url = URLValidator(schemes=["http", "https"])


class User(AbstractUser):
    """A person with an account. Counters are kept by the services of what they count."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    username = models.CharField(max_length=30, validators=[validate_username])
    email = models.EmailField("e-mail address", max_length=254)
    email_verified_at = models.DateTimeField("e-mail verified", null=True, blank=True, editable=False)
    """When the owner proved that mail to `email` reaches them; a changed address is proved anew."""
    display_name = models.CharField(max_length=80, blank=True)
    bio = models.TextField(max_length=1000, blank=True)
    avatar_url = models.CharField(max_length=500, blank=True)
    website = models.URLField(max_length=300, blank=True, validators=[web_url])
    links = models.JSONField(default=list, blank=True, editable=False)
    """Up to five more addresses of this person: rows of `label` and `url`."""
    language = models.CharField(max_length=12, blank=True, default="")
    """In which mails to this person are written; empty: the publication's."""
    post_count = models.PositiveIntegerField(default=0, editable=False)
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    follower_count = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    password_version = models.PositiveIntegerField(default=1, editable=False)
    """Raised by whatever ends all sessions: another password, signing out everywhere. Sessions of the API and of the
    admin that began under an older one are over."""
    token_version = models.PositiveIntegerField(default=1, editable=False)
    """Raised by another role: access tokens issued before are refused, and the session fetches a new one."""
    has_second_factor = models.BooleanField(default=False, editable=False)
    """Whether a one-time-code app or a passkey is enrolled. Repeats what allauth's table says, so that asking costs no
    query; `second_factor.sync_second_factor` keeps it."""
    deletion_due_at = models.DateTimeField(null=True, blank=True, editable=False)
    """The owner has asked for the account to be deleted; until then it can be undone."""
    deletion_choice = models.JSONField(default=dict, blank=True, editable=False)
    """What becomes of what they wrote: `posts` and `comments`, each `keep` or `remove`."""
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    """Deleted: what is left is a nameless row that carries what was kept."""

    silenced_until = models.DateTimeField(null=True, blank=True, editable=False)
    """Until then moderators let this person read, but not write comments."""
    suspended_until = models.DateTimeField(null=True, blank=True, editable=False)
    """Until then moderators keep this person out: no sign-in, no session, no token."""

    permission_limit: Collection[str] | None = None
    """Where a token with scopes calls for the account: the permissions that they leave it. None leaves all."""

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
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(is_active=False), name="deleted_is_inactive"
            ),
        ]
        indexes = [
            models.Index(fields=["-post_count", "-id"], name="user_writers", condition=Q(post_count__gt=0)),
            models.Index(fields=["-date_joined"], name="user_joined"),
            models.Index(
                fields=["deletion_due_at"], name="user_deletion_due", condition=Q(deletion_due_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def name(self) -> str:
        """What readers see: the display name, or the username."""
        if self.display_name:
            return self.display_name
        return deleted_name() if is_deleted_username(self.username) else self.username

    @property
    def is_silenced(self) -> bool:
        """Whether moderators let this person read but not write comments just now."""
        return self.silenced_until is not None and self.silenced_until > timezone.now()

    @property
    def is_suspended(self) -> bool:
        """Whether moderators keep this person out just now."""
        return self.suspended_until is not None and self.suspended_until > timezone.now()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        if self.permission_limit is not None and perm not in self.permission_limit:
            return False
        return super().has_perm(perm, obj)

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password)
        if self.pk:
            self.password_version += 1

    def check_password(self, raw_password: str | None) -> bool:
        """A hash that is made anew on the way, by today's settings, is no other password: it ends no session."""

        def renew(given: str) -> None:
            renewed = make_password(given)
            if User.objects.filter(pk=self.pk, password=self.password).update(password=renewed):
                self.password = renewed

        return check_password(raw_password, self.password, renew)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Ties the admin's sessions to `password_version`, as those of the API are."""
        text = f"{self.password}:{self.password_version}"
        return salted_hmac("apps.accounts.User.session", text, secret=secret, algorithm="sha256").hexdigest()

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is not None and "password" in fields:
            kwargs["update_fields"] = {*fields, "password_version"}
        super().save(*args, **kwargs)
