"""Roles are groups that migrations keep in step."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal

from apps.accounts.models import User
from apps.accounts.roles import ROLE_PERMISSIONS, Role
from apps.accounts.services import assign_roles
from apps.accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def permissions_of(role: Role) -> set[str]:
    group = Group.objects.get(name=role.value)
    return {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in group.permissions.select_related("content_type")
    }


@pytest.mark.parametrize("role", list(Role))
def test_migrating_gives_each_role_exactly_its_permissions(role: Role) -> None:
    assert permissions_of(role) == set(ROLE_PERMISSIONS[role])


def test_migrating_again_restores_what_was_changed_and_doubles_nothing() -> None:
    author = Group.objects.get(name="author")
    author.permissions.clear()
    Group.objects.get(name="editor").delete()

    emit_post_migrate_signal(verbosity=0, interactive=False, db="default", apps=apps)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default", apps=apps)

    assert permissions_of(Role.AUTHOR) == set(ROLE_PERMISSIONS[Role.AUTHOR])
    assert Group.objects.count() == len(Role)


def test_the_migrations_of_accounts_are_complete() -> None:
    call_command("makemigrations", "accounts", "--check", "--dry-run", verbosity=0)


def test_staff_roles_open_the_admin_and_losing_them_closes_it() -> None:
    user = UserFactory.create()

    assign_roles(user=user, roles=[Role.EDITOR])
    assert User.objects.get(pk=user.pk).is_staff
    assert user.has_perm("posts.feature_post")

    assign_roles(user=user, roles=[Role.AUTHOR])
    assert not User.objects.get(pk=user.pk).is_staff
    assert not user.has_perm("posts.feature_post")
    assert user.has_perm("posts.add_post")


def test_assigning_roles_keeps_other_groups() -> None:
    user = UserFactory.create(roles=["author"])
    user.groups.add(Group.objects.create(name="beta testers"))

    assign_roles(user=user, roles=[])

    assert list(user.groups.values_list("name", flat=True)) == ["beta testers"]
