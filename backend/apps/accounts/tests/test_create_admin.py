"""`manage.py create_admin`."""

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.accounts.policies import roles_of
from apps.accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db

GIVEN = {"username": "owner", "email": "owner@example.org", "password": "a long enough secret"}


def test_makes_an_admin_and_repeating_changes_nothing() -> None:
    call_command("create_admin", interactive=False, **GIVEN)
    first = User.objects.get()

    call_command("create_admin", interactive=False, **{**GIVEN, "password": "quite another secret"})

    owner = User.objects.get()
    assert owner.is_superuser
    assert owner.is_staff
    assert owner.password == first.password
    assert roles_of(owner) == ["admin"]


def test_reads_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GIVEN.items():
        monkeypatch.setenv(f"ADMIN_{name.upper()}", value)

    call_command("create_admin", interactive=False)

    assert User.objects.get().check_password(GIVEN["password"])


@pytest.mark.parametrize(
    "change",
    [{"password": "short"}, {"email": "nonsense"}, {"username": "no spaces"}, {"username": "reader"}, {"password": ""}],
)
def test_refuses_in_one_line(change: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)
    UserFactory.create(username="reader")

    with pytest.raises(CommandError) as refusal:
        call_command("create_admin", interactive=False, **{**GIVEN, **change})

    assert "\n" not in str(refusal.value)
    assert User.objects.count() == 1
