"""The tenth wrong try is refused, in the API and in the admin."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from apps.accounts.guessing import forget_old_failures
from apps.accounts.models import SignInFailure, User
from apps.accounts.tests.factories import PASSWORD
from apps.common.throttling import address_block

pytestmark = pytest.mark.django_db

TOKEN = "/api/v1/auth/token"


def attempt(client: Any, name: str, password: str = "wrong", address: str = "203.0.113.1") -> Any:
    return client.post(TOKEN, {"username": name, "password": password}, REMOTE_ADDR=address)


@pytest.mark.parametrize("name", ["reader", "READER@example.org", "nobody", "nobody@example.org"])
def test_tenth_try_at_one_account_is_429_from_wherever_it_comes(api: Any, reader: User, name: str) -> None:
    client = api()
    answers = [attempt(client, name, address=f"203.0.113.{number}") for number in range(1, 11)]

    assert [answer.status_code for answer in answers] == [401] * 9 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 900
    assert answers[-1].json()["code"] == "too_many_attempts"


def test_limit_holds_for_the_right_password_too_until_the_window_ends(api: Any, reader: User) -> None:
    client = api()
    for number in range(9):
        attempt(client, "reader", address=f"203.0.113.{number}")

    assert attempt(client, "reader", PASSWORD).status_code == 429
    with time_machine.travel(timezone.now() + settings.SIGN_IN_FAILURE_WINDOW + timedelta(seconds=1)):
        assert attempt(client, "reader", PASSWORD).status_code == 200


def test_tenth_try_from_one_address_is_429_whatever_the_account(api: Any) -> None:
    client = api()
    answers = [attempt(client, f"person{number}").status_code for number in range(10)]

    assert answers == [401] * 9 + [429]


def test_ipv6_neighbours_count_as_one_address(api: Any) -> None:
    client = api()
    answers = [
        attempt(client, f"person{number}", address=f"2001:db8::{number + 1:x}").status_code for number in range(10)
    ]

    assert answers[-1] == 429


def test_signing_in_clears_the_account_but_not_the_address(api: Any, reader: User) -> None:
    client = api()
    for _ in range(5):
        attempt(client, "reader")
    assert attempt(client, "reader", PASSWORD).status_code == 200

    answers = [attempt(client, "reader").status_code for _ in range(5)]

    assert answers == [401] * 4 + [429]
    assert attempt(client, "reader", address="203.0.113.9").status_code == 401


def test_only_failures_count(api: Any, reader: User) -> None:
    client = api()

    assert {attempt(client, "reader", PASSWORD).status_code for _ in range(12)} == {200}


def test_table_names_nobody(api: Any, reader: User) -> None:
    attempt(api(), "reader")

    assert SignInFailure.objects.count() == 2
    assert not any("reader" in row.subject or "203" in row.subject[:4] for row in SignInFailure.objects.all())


def test_passed_windows_are_cleaned_up(api: Any) -> None:
    attempt(api(), "nobody")

    assert forget_old_failures() == 0
    with time_machine.travel(timezone.now() + settings.SIGN_IN_FAILURE_WINDOW + timedelta(seconds=1)):
        assert forget_old_failures() == 2


def test_admin_sign_in_has_the_same_limit_and_shares_the_count(api: Any, editor: User) -> None:
    for _ in range(4):
        attempt(api(), "editor", address="127.0.0.1")
    browser = Client()
    answers = [browser.post("/admin/login/", {"username": "editor", "password": "wrong"}).status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]
    right = browser.post("/admin/login/", {"username": "editor", "password": PASSWORD})
    assert right.status_code == 429
    assert int(right.headers["Retry-After"]) > 0
    assert "Too many attempts" in right.content.decode()


def test_editor_enters_the_admin_by_email_and_reader_does_not(editor: User, reader: User) -> None:
    entered = Client().post("/admin/login/?next=/admin/", {"username": "editor@example.org", "password": PASSWORD})
    refused = Client().post("/admin/login/", {"username": "reader", "password": PASSWORD})

    assert (entered.status_code, refused.status_code) == (302, 200)


def test_ipv4_that_a_socket_for_both_shows_is_told_apart() -> None:
    assert address_block("::ffff:203.0.113.7") == "203.0.113.7"
    assert address_block("2001:db8:1:2::7") == address_block("2001:db8:1:2:ffff::1") == "2001:db8:1:2::"
