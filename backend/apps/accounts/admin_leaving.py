"""Accounts that are to be deleted, in the admin: which ones, when, and deleting for somebody who cannot."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts.clients import client_of
from apps.accounts.leaving import Fate, ask_for_deletion, keep_account
from apps.accounts.models import User
from apps.common.errors import InvalidState

DELETION_ACTIONS = ("delete_and_keep_texts", "delete_with_texts", "keep")
DELETION_FILTERS = (("deletion_due_at", admin.EmptyFieldListFilter), ("deleted_at", admin.EmptyFieldListFilter))


class DeletionActions:
    """For the admin of users. Deletion goes the way of the account page, with the same delay; for superusers."""

    deletion_fields = ("deletion_due_at", "deletion_wish", "deleted_at")

    @admin.display(description="what was written")
    def deletion_wish(self, user: User) -> str:
        return ", ".join(f"{what}: {fate}" for what, fate in user.deletion_choice.items()) or "–"

    def has_deletion_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_change_permission(self: Any, request: HttpRequest, obj: User | None = None) -> bool:
        """Nothing is left to change of an account that was deleted."""
        allowed = super().has_change_permission(request, obj)  # type: ignore[misc]
        return allowed and (obj is None or obj.deleted_at is None)

    @admin.action(description="Delete after the delay; posts and comments stay", permissions=["deletion"])
    def delete_and_keep_texts(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._ask(request, queryset, Fate.KEEP)

    @admin.action(description="Delete after the delay, with posts and comments", permissions=["deletion"])
    def delete_with_texts(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._ask(request, queryset, Fate.REMOVE)

    def _ask(self: Any, request: HttpRequest, queryset: QuerySet[User], fate: Fate) -> None:
        def step(user: User) -> None:
            if user.pk == request.user.pk:
                raise InvalidState("Delete your own account on the site, under Account, Privacy.")
            if user.deleted_at is not None:
                raise InvalidState("This account was deleted already.")
            client = client_of(request)
            ask_for_deletion(user=user, posts=fate, comments=fate, client=client, by=_actor(request))

        self.run_on_each(request, queryset, step, done=f"to be deleted in {settings.DELETION_DELAY.days} days")

    @admin.action(description="Keep: do not delete after all", permissions=["deletion"])
    def keep(self: Any, request: HttpRequest, queryset: QuerySet[User]) -> None:
        def step(user: User) -> None:
            keep_account(user=user, client=client_of(request), by=_actor(request))

        self.run_on_each(request, queryset, step, done="kept")


def _actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
