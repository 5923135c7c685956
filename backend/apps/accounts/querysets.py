"""Reads of accounts and sessions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

if TYPE_CHECKING:
    from apps.accounts.models import ApiToken, Block, Follow, Session, User  # noqa: F401 - named in a base class


class UserQuerySet(models.QuerySet["User"]):
    def named(self, username: str) -> UserQuerySet:
        """The account of that name, whatever its case."""
        return self.filter(username__lower=username.lower())

    def identified_by(self, name_or_email: str) -> UserQuerySet:
        """Accounts whose username or e-mail this is (at most one: no username holds an @)."""
        text = name_or_email.strip().lower()
        return self.filter(email__lower=text) if "@" in text else self.filter(username__lower=text)

    def visible_to(self, user: Any) -> UserQuerySet:
        """Profiles that anybody may see: those of active accounts."""
        return self.filter(is_active=True)

    def with_roles(self) -> UserQuerySet:
        """With the groups that `policies.roles_of` reads: one more query whatever the number of rows."""
        return self.prefetch_related("groups")

    def with_posts(self) -> UserQuerySet:
        return self.filter(post_count__gt=0)


class UserManager(DjangoUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Creates accounts as Django does, and finds them by username or e-mail without regard to case."""

    def get_by_natural_key(self, username: str | None) -> User:
        user: User = self.get(username__lower=(username or "").lower())
        return user


class SessionQuerySet(models.QuerySet["Session"]):
    def live(self) -> SessionQuerySet:
        """Sessions that still let their owner in: not ended, not expired, owner active, password unchanged."""
        return self.filter(
            Q(ended_at__isnull=True),
            expires_at__gt=timezone.now(),
            user__is_active=True,
            password_version=F("user__password_version"),
        )


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def live(self) -> ApiTokenQuerySet:
        """Tokens that still open something: not revoked, not expired, owner active and not about to leave."""
        return self.filter(
            revoked_at__isnull=True,
            expires_at__gt=timezone.now(),
            user__is_active=True,
            user__deletion_due_at__isnull=True,
        )

    def standing(self) -> ApiTokenQuerySet:
        """Tokens that were not revoked, expired ones among them: what their owner is shown."""
        return self.filter(revoked_at__isnull=True)


class FollowQuerySet(models.QuerySet["Follow"]):
    def between(self, one: int, other: int) -> FollowQuerySet:
        """The follows of two accounts by each other: none, one or two."""
        return self.filter(Q(follower=one, followed=other) | Q(follower=other, followed=one))


class BlockQuerySet(models.QuerySet["Block"]):
    """The one rule of who wants nothing to do with whom."""

    def between(self, one: int, other: int) -> BlockQuerySet:
        """The blocks of two accounts by each other: none, one or two."""
        return self.filter(Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one))

    def blockers_of(self, user: Any, *, among: Iterable[int | None]) -> frozenset[int]:
        """Which of these accounts have blocked the user; nobody has blocked a visitor. At most one query."""
        ids = {pk for pk in among if pk is not None}
        if user is None or not user.is_authenticated or not (ids := ids - {user.pk}):
            return frozenset()
        return frozenset(self.filter(blocked=user, blocker__in=ids).values_list("blocker_id", flat=True))
