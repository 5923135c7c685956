"""What changes accounts."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from apps.accounts.models import User
from apps.accounts.roles import ROLE_PERMISSIONS, STAFF_ROLES, Role


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
    """Give the user exactly these roles; groups that are no roles stay. None of them makes a reader."""
    wanted = set(roles)
    account = User.objects.select_for_update().get(pk=user.pk)
    held = set(Group.objects.filter(user=account).exclude(name__in=[role.value for role in Role]))
    account.groups.set([*held, *Group.objects.filter(name__in=[role.value for role in wanted])])
    account.is_staff = account.is_superuser or bool(wanted & STAFF_ROLES)
    account.version += 1
    account.save(update_fields=["is_staff", "version"])
    user.is_staff, user.version = account.is_staff, account.version
    for cache in ("_perm_cache", "_group_perm_cache", "_user_perm_cache"):
        vars(user).pop(cache, None)
    return user
