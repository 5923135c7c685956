"""A browser in which an account was signed in has limits of its own."""

from typing import Any

import pytest
from django.core import signing

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.accounts.tests.limits import ASK, CONFIRM, HOME, TOKEN, flood, is_refused
from apps.accounts.tests.mailbox import last_code

pytestmark = pytest.mark.django_db


def test_browser_of_the_owner_is_counted_apart_from_strangers(api: Any, reader: User) -> None:
    browser = api()
    right = {"username": "reader", "password": PASSWORD}
    assert browser.post(TOKEN, right).status_code == 200
    browser.post("/api/v1/auth/sign-out", {})
    for number in range(1, 13):
        api().post(TOKEN, {**right, "password": "wrong"}, REMOTE_ADDR=f"192.0.2.{number}")
    flood(api, "reader")
    flood(api, "reader@example.org")

    assert is_refused(api().post(TOKEN, right, REMOTE_ADDR=HOME))
    assert browser.post(TOKEN, right, REMOTE_ADDR=HOME).status_code == 200
    for name in ("reader", "Reader@Example.org"):
        asked = browser.post(ASK, {"username": name}, REMOTE_ADDR=HOME)
        body = {"challenge": asked.json()["challenge"], "code": last_code(reader.email)}
        assert browser.post(CONFIRM, body, REMOTE_ADDR=HOME).status_code == 200


def test_known_browser_has_a_limit_of_its_own_and_is_known_to_one_account(api: Any, reader: User) -> None:
    UserFactory.create(username="other")
    browser = api()
    assert browser.post(TOKEN, {"username": "reader", "password": PASSWORD}).status_code == 200

    def guess(name: str) -> list[bool]:
        body = {"username": name, "password": "wrong"}
        return [is_refused(browser.post(TOKEN, body, REMOTE_ADDR=f"203.0.113.{number}")) for number in range(1, 11)]

    assert guess("reader") == [False] * 9 + [True]
    for number in range(1, 10):
        api().post(TOKEN, {"username": "other", "password": "wrong"}, REMOTE_ADDR=f"192.0.2.{number}")
    assert guess("other") == [True] * 10


@pytest.mark.parametrize("mark", ["", "nonsense", "a:b:c", "x" * 5000, "eyJpZCI6IngifQ:1v0000:AAAA"])
def test_forged_mark_of_a_browser_helps_nobody(api: Any, reader: User, mark: str) -> None:
    browser = api()
    browser.cookies["byline_browser"] = mark
    body = {"username": "reader", "password": "wrong"}
    answers = [browser.post(TOKEN, body, REMOTE_ADDR=f"203.0.113.{number}") for number in range(1, 11)]

    assert [is_refused(answer) for answer in answers] == [False] * 9 + [True]


def test_mark_of_a_browser_is_a_cookie_that_tells_nothing(api: Any, reader: User) -> None:
    response = api().post(TOKEN, {"username": "reader", "password": PASSWORD})
    cookie = response.cookies["byline_browser"]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/api/v1/auth")
    assert "reader" not in repr(signing.loads(cookie.value, salt="apps.accounts.known_browsers"))
    other = api().post(TOKEN, {"username": "reader", "password": PASSWORD, "cookie": False})
    assert "byline_browser" not in other.cookies
