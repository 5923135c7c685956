"""What administrators do with accounts: make them, change them, give roles."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from apps.accounts.challenges import close_challenges_of
from apps.accounts.clients import NOBODY, Client
from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.accounts.security_log import Kind, log_event
from apps.accounts.services import PROFILE_FIELDS, assign_roles, set_active
from apps.common.conditional import check_version
from apps.common.errors import InvalidState
from apps.common.outbox import record

PLAIN_FIELDS = frozenset({*PROFILE_FIELDS, "username", "email", "is_superuser"})


def roles_of(user: User) -> list[Role]:
    """The roles that the account has, in the order of their power."""
    held = {group.name for group in user.groups.all()}
    return [role for role in Role if role.value in held]


@transaction.atomic
def create_account(
    *,
    username: str,
    email: str,
    password: str | None,
    roles: Iterable[Role] = (),
    by: User | None = None,
    client: Client = NOBODY,
    **more: Any,
) -> User:
    """Make an account for somebody. Without a password nobody can sign in to it until one is set."""
    _refuse_unknown(more)
    user: User = User.objects.create_user(username=username, email=email, password=password, **more)
    assign_roles(user=user, roles=roles, by=by, client=client)
    record("accounts.created", {"user_id": user.pk})
    return user


@transaction.atomic
def change_account(
    *,
    user: User,
    changes: dict[str, Any],
    roles: Iterable[Role] | None = None,
    active: bool | None = None,
    expected: set[int] | None = None,
    by: User | None = None,
    client: Client = NOBODY,
) -> User:
    """Change an account as an administrator, who is named `by`. `roles` and `active` stay as they are when None."""
    _refuse_unknown(changes)
    account: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    check_version(account.version, expected)
    if changes:
        if "email" in changes:
            _leave_address(account, str(changes["email"]), by=by, client=client)
        for name, value in changes.items():
            setattr(account, name, value)
        account.version += 1
        account.save(update_fields=[*changes, "email_verified_at", "version"])
    if roles is not None or "is_superuser" in changes:
        wanted = roles_of(account) if roles is None else roles
        account = assign_roles(user=account, roles=wanted, by=by, client=client)
    if active is not None:
        account = set_active(user=account, active=active, by=by, client=client)
    record("accounts.changed", {"user_id": account.pk})
    saved: User = User.objects.get(pk=account.pk)
    return saved


def _leave_address(account: User, email: str, *, by: User | None, client: Client) -> None:
    """Another address is not verified, no code that went to the old one counts, and both are told."""
    old = account.email
    if email == old:
        return
    account.email, account.email_verified_at = email, None
    close_challenges_of(account)
    log_event(user=account, kind=Kind.EMAIL_CHANGED, by=by, client=client, detail=f"{old} → {email}", also_to=[old])


def _refuse_unknown(changes: dict[str, Any]) -> None:
    unknown = changes.keys() - PLAIN_FIELDS
    if unknown:
        raise InvalidState(f"An account has no {', '.join(sorted(unknown))} to set here.")
