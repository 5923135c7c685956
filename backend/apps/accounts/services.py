"""What changes accounts."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from apps.accounts.models import User
from apps.accounts.roles import ROLE_PERMISSIONS, STAFF_ROLES, Role
from apps.accounts.sessions import end_all_sessions
from apps.common.conditional import check_version

PROFILE_FIELDS = frozenset({"display_name", "bio", "avatar_url", "website"})


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
def assign_roles(*, user: User, roles: Iterable[Role]) -> User:
    """Give the user exactly these roles; groups that are no roles stay. None of them makes a reader.

    Access tokens from before are refused from then on; the sessions fetch new ones.
    """
    wanted = set(roles)
    account: User = User.objects.select_for_update().get(pk=user.pk)
    held = set(Group.objects.filter(user=account).exclude(name__in=[role.value for role in Role]))
    account.groups.set([*held, *Group.objects.filter(name__in=[role.value for role in wanted])])
    account.is_staff = account.is_superuser or bool(wanted & STAFF_ROLES)
    account.version += 1
    account.token_version += 1
    account.save(update_fields=["is_staff", "version", "token_version"])
    user.is_staff, user.version, user.token_version = account.is_staff, account.version, account.token_version
    for cache in ("_perm_cache", "_group_perm_cache", "_user_perm_cache"):
        vars(user).pop(cache, None)
    return user


@transaction.atomic
def update_profile(*, user: User, changes: Mapping[str, str], expected: set[int] | None = None) -> User:
    """Change what the account shows of its owner. `expected`: the versions the change may be based on, None for any.

    Nothing that differs leaves the version as it was. Raises VersionConflict.
    """
    account: User = User.objects.select_for_update().get(pk=user.pk)
    check_version(account.version, expected)
    changed = {name for name in PROFILE_FIELDS & changes.keys() if getattr(account, name) != changes[name]}
    if changed:
        for name in changed:
            setattr(account, name, changes[name])
        account.version += 1
        account.save(update_fields=[*changed, "version"])
    return account


@transaction.atomic
def set_active(*, user: User, active: bool) -> User:
    """Deactivate an account, which ends all its sessions for good, or let it back in."""
    account: User = User.objects.select_for_update().get(pk=user.pk)
    if account.is_active != active:
        account.is_active = active
        account.version += 1
        account.save(update_fields=["is_active", "version"])
    if not active:
        end_all_sessions(account)
    user.is_active, user.version = account.is_active, account.version
    return user


@transaction.atomic
def change_password(*, user: User, password: str) -> User:
    """Set another password, which ends all sessions. Whether it is good enough is the caller's question."""
    account: User = User.objects.select_for_update().get(pk=user.pk)
    account.set_password(password)
    account.save(update_fields=["password"])
    end_all_sessions(account)
    return account
