"""What changes accounts."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from apps.accounts.api_tokens import revoke_all_tokens
from apps.accounts.challenges import close_challenges_of
from apps.accounts.clients import NOBODY, Client
from apps.accounts.errors import SessionOver
from apps.accounts.models import User
from apps.accounts.roles import ROLE_PERMISSIONS, STAFF_ROLES, Role
from apps.accounts.security_log import Kind, log_event
from apps.accounts.sessions import end_all_sessions
from apps.common.conditional import check_version
from apps.common.errors import InvalidState

PROFILE_FIELDS = frozenset({"display_name", "bio", "avatar_url", "website", "links", "language"})


@transaction.atomic
def sync_roles(*, using: str = "default") -> None:
    """Make the groups of the roles and give them exactly the permissions that ROLE_PERMISSIONS names."""
    for role, names in ROLE_PERMISSIONS.items():
        group, _ = Group.objects.using(using).get_or_create(name=role.value)
        wanted = Q(pk__in=[])
        for name in names:
            app_label, codename = name.split(".")
            wanted |= Q(content_type__app_label=app_label, codename=codename)
        group.permissions.set(Permission.objects.using(using).filter(wanted))


@transaction.atomic
def assign_roles(*, user: User, roles: Iterable[Role], by: User | None = None, client: Client = NOBODY) -> User:
    """Give the user exactly these roles; groups that are no roles stay. None of them makes a reader.

    Access tokens from before are refused from then on; the sessions fetch new ones. `by`: who decided it.
    """
    wanted = set(roles)
    account: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    held = set(Group.objects.filter(user=account).exclude(name__in=[role.value for role in Role]))
    account.groups.set([*held, *Group.objects.filter(name__in=[role.value for role in wanted])])
    names = [role.value for role in Role if role in wanted] or [Role.READER.value]
    detail = ", ".join([*names, "superuser"] if account.is_superuser else names)
    log_event(user=account, kind=Kind.ROLES_CHANGED, by=by, client=client, detail=detail)
    account.is_staff = account.is_superuser or bool(wanted & STAFF_ROLES)
    account.version += 1
    account.token_version += 1
    account.save(update_fields=["is_staff", "version", "token_version"])
    user.is_staff, user.version, user.token_version = account.is_staff, account.version, account.token_version
    for cache in ("_perm_cache", "_group_perm_cache", "_user_perm_cache"):
        vars(user).pop(cache, None)
    return user


@transaction.atomic
def update_profile(*, user: User, changes: Mapping[str, Any], expected: set[int] | None = None) -> User:
    """Change what the account shows of its owner. `expected`: the versions the change may be based on, None for any.

    Nothing that differs leaves the version as it was. Raises VersionConflict.
    """
    account: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    check_version(account.version, expected)
    changed = {name for name in PROFILE_FIELDS & changes.keys() if getattr(account, name) != changes[name]}
    if changed:
        for name in changed:
            setattr(account, name, changes[name])
        account.version += 1
        account.save(update_fields=[*changed, "version"])
    return account


@transaction.atomic
def set_active(*, user: User, active: bool, by: User | None = None, client: Client = NOBODY) -> User:
    """Deactivate an account, which ends its sessions and API tokens for good, or let it back in. `by`: who decided
    it."""
    account: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if active and account.deleted_at is not None:
        raise InvalidState("This account was deleted. Nobody is left to let back in.")
    if account.is_active != active:
        account.is_active = active
        account.version += 1
        account.save(update_fields=["is_active", "version"])
        log_event(user=account, kind=Kind.ACTIVATED if active else Kind.DEACTIVATED, by=by, client=client)
    if not active:
        end_all_sessions(account)
        revoke_all_tokens(account)
    user.is_active, user.version = account.is_active, account.version
    return user


def change_password(
    *,
    user: User,
    password: str | None,
    kind: Kind = Kind.PASSWORD_CHANGED,
    by: User | None = None,
    client: Client = NOBODY,
    expected: int | None = None,
) -> User:
    """Set another password. It ends all sessions, those of the admin too, and every sign-in that has begun; the owner
    is told by mail. Whether the password is good enough is the caller's question; None leaves the account without.
    `kind`: changed or reset.

    `expected`: the `password_version` that the change may be based on. Raises SessionOver for another.
    """
    encoded = make_password(password)  # slow on purpose: not while the row is locked
    with transaction.atomic():
        account: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if expected is not None and account.password_version != expected:
            raise SessionOver
        account.password = encoded
        account.password_version += 1
        account.save(update_fields=["password"])
        end_all_sessions(account)
        close_challenges_of(account)
        log_event(user=account, kind=kind, by=by, client=client)
    return account
