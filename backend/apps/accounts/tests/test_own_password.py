"""Changing one's own password."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.test import Client as Browser
from django.utils import timezone

from apps.accounts.challenges import Purpose, open_challenge
from apps.accounts.clients import NOBODY
from apps.accounts.errors import SessionOver
from apps.accounts.models import Challenge, SecurityEvent, Session, User
from apps.accounts.own_password import change_own_password
from apps.accounts.sessions import start_session
from apps.accounts.tests.factories import PASSWORD
from apps.accounts.tests.mailbox import mails_to

pytestmark = pytest.mark.django_db

PATH = "/api/v1/auth/password"
ME = "/api/v1/me"
NEW = "another long secret"
BODY = {"current_password": PASSWORD, "password": NEW, "cookie": False}


def is_let_in(client: Any, access: str | None = None) -> bool:
    headers = {"HTTP_AUTHORIZATION": f"Bearer {access}"} if access else {}
    return bool(client.get(ME, **headers).status_code == 200)


def test_new_password_begins_a_new_session_in_the_place_of_all_others(api: Any, reader: User) -> None:
    here, there = api(reader), api(reader)

    answer = here.post(PATH, BODY)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert not is_let_in(here)  # the access token that asked for it
    assert not is_let_in(there)
    assert is_let_in(api(), answer.json()["access"])
    refreshed = api().post("/api/v1/auth/token/refresh", {"refresh": answer.json()["refresh"]})
    assert refreshed.status_code == 200
    signed_in = [
        api().post("/api/v1/auth/token", {"username": "reader", "password": password}).status_code
        for password in (PASSWORD, NEW)
    ]
    assert signed_in == [401, 200]


def test_browsers_receive_the_new_refresh_token_as_a_cookie(api: Any, reader: User) -> None:
    client = api(reader)

    answer = client.post(PATH, {"current_password": PASSWORD, "password": NEW}, HTTP_ORIGIN=settings.PUBLIC_URL)

    assert set(answer.json()) == {"access", "expires_in"}
    assert answer.cookies["byline_refresh"]["httponly"]
    assert client.post("/api/v1/auth/token/refresh", {}).status_code == 200


def test_pages_of_other_sites_cannot_take_the_cookie(api: Any, reader: User) -> None:
    answer = api(reader).post(PATH, {"current_password": PASSWORD, "password": NEW}, HTTP_ORIGIN="https://evil.example")

    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")
    assert User.objects.get().check_password(PASSWORD)


def test_owner_is_told_and_the_log_says_so(api: Any, reader: User) -> None:
    api(reader).post(PATH, BODY, REMOTE_ADDR="198.51.100.7", HTTP_USER_AGENT="curl/8.4.0")

    event = SecurityEvent.objects.get(kind="password_changed")
    assert (event.user, event.by, event.address) == (reader, None, "198.51.100.7")
    (message,) = mails_to(reader.email)
    assert "password" in message.subject
    assert "curl" in message.body
    assert NEW not in message.body + event.detail


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"current_password": "wrong"}, "/current_password", "wrong_password"),
        ({"current_password": None}, "/current_password", "null"),
        ({"current_password": ""}, "/current_password", "blank"),
        ({"password": "short"}, "/password", "min_length"),
        ({"password": "x" * 129}, "/password", "max_length"),
        ({"password": "password"}, "/password", "password_too_common"),
        ({"password": "reader@example.org"}, "/password", "password_too_similar"),
        ({"passwort": "x"}, "/passwort", "unknown_field"),
    ],
)
def test_refusals_name_the_field_and_change_nothing(
    api: Any, reader: User, change: dict[str, Any], pointer: str, code: str
) -> None:
    client = api(reader)

    answer = client.post(PATH, {**BODY, **change})

    assert answer.status_code == 400
    assert (pointer, code) in {(row["pointer"], row["code"]) for row in answer.json()["errors"]}
    assert User.objects.get().check_password(PASSWORD)
    assert is_let_in(client)
    assert mail.outbox == []


def test_current_password_cannot_be_left_out(api: Any, reader: User) -> None:
    answer = api(reader).post(PATH, {"password": NEW, "cookie": False})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/current_password"


def test_tenth_wrong_password_is_429_even_for_who_is_signed_in(api: Any, reader: User) -> None:
    client = api(reader)
    answers = [client.post(PATH, {**BODY, "current_password": "wrong"}).status_code for _ in range(10)]

    assert answers == [400] * 9 + [429]
    assert client.post(PATH, BODY).status_code == 429
    assert api().post("/api/v1/auth/token", {"username": "reader", "password": PASSWORD}).status_code == 429


def test_account_without_a_password_sets_one_after_a_recent_proof(api: Any, reader: User) -> None:
    User.objects.update(password=make_password(None))
    client = api(reader)
    assert client.get(ME).json()["has_password"] is False
    Session.objects.update(confirmed_at=timezone.now() - settings.CONFIRMATION_LASTS - timedelta(seconds=1))
    refused = client.post(PATH, {"password": NEW, "cookie": False})
    assert (refused.status_code, refused.json()["code"]) == (403, "confirmation_required")

    Session.objects.update(confirmed_at=timezone.now())
    answer = client.post(PATH, {"password": NEW, "cookie": False})

    assert answer.status_code == 200
    assert User.objects.get().check_password(NEW)


def test_a_recent_proof_does_not_replace_the_password(api: Any, reader: User) -> None:
    assert api(reader).post(PATH, {"password": NEW}).status_code == 400


def test_new_password_ends_what_was_begun_with_the_old_one(api: Any, reader: User) -> None:
    for purpose in (Purpose.SECOND_FACTOR, Purpose.SIGN_IN_CODE, Purpose.RESET_PASSWORD):
        open_challenge(purpose=purpose, user=reader, email=reader.email)

    api(reader).post(PATH, BODY)

    assert not Challenge.objects.filter(used_at__isnull=True).exists()


def test_new_password_ends_the_admins_session(api: Any, editor: User) -> None:
    browser = Browser()
    browser.force_login(editor)
    api(editor).post(PATH, BODY)

    assert browser.get("/admin/").status_code == 302


def test_of_two_changes_based_on_the_same_password_the_second_comes_too_late(api: Any, reader: User) -> None:
    first, second = User.objects.get(), User.objects.get()
    change_own_password(user=first, password=NEW, methods=["password"], client=NOBODY)

    with pytest.raises(SessionOver):
        change_own_password(user=second, password="a third long secret", methods=["password"], client=NOBODY)
    assert User.objects.get().check_password(NEW)


def test_renewed_hash_is_no_other_password(reader: User, settings: Any) -> None:
    session, _ = start_session(user=reader)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]

    assert User.objects.get().check_password(PASSWORD)

    now = User.objects.get()
    assert now.password.startswith("pbkdf2")
    assert now.check_password(PASSWORD)
    assert Session.objects.live().filter(pk=session.pk).exists()
