"""Confirming who one is in the middle of a session."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.models import SecurityEvent, Session, User
from apps.accounts.tests.factor_steps import AUTH, code_at, enrol_passkey, enrol_totp
from apps.accounts.tests.factories import PASSWORD
from apps.accounts.tests.software_authenticator import tampered

pytestmark = pytest.mark.django_db

CONFIRM = f"{AUTH}/confirm"


@pytest.fixture
def stale(api: Any, reader: User) -> Any:
    """A client of the reader's whose last proof was long ago."""
    client = api(reader, headers={"Host": "localhost:8000"})
    Session.objects.update(confirmed_at=timezone.now() - timedelta(hours=1))
    return client


def is_confirmed(client: Any) -> bool:
    return bool(client.post(f"{AUTH}/totp").status_code == 200)


def test_password_confirms(stale: Any) -> None:
    assert not is_confirmed(stale)

    assert stale.post(CONFIRM, {"password": PASSWORD}).status_code == 204

    assert is_confirmed(stale)
    assert Session.objects.get().methods == ["password"]


def test_app_code_confirms_once(stale: Any, reader: User) -> None:
    secret, _ = enrol_totp(reader)

    assert stale.post(CONFIRM, {"code": code_at(secret)}).status_code == 204
    assert is_confirmed(stale)
    assert Session.objects.get().methods == ["password", "totp"]
    assert stale.post(CONFIRM, {"code": code_at(secret)}).status_code == 400


def test_recovery_code_confirms(stale: Any, reader: User) -> None:
    _, codes = enrol_totp(reader)

    assert stale.post(CONFIRM, {"code": codes[0]}).status_code == 204
    assert is_confirmed(stale)


def test_passkey_confirms_and_its_answer_works_once(stale: Any, reader: User) -> None:
    key, _ = enrol_passkey(reader)
    begun = stale.post(f"{CONFIRM}/passkey-options").json()
    assert len(begun["options"]["allowCredentials"]) == 1
    credential = key.sign(begun["options"])
    body = {"challenge": begun["challenge"], "credential": credential}

    assert (
        stale.post(f"{CONFIRM}/passkey", {**body, "credential": tampered(credential, "signature")}).status_code == 400
    )
    assert stale.post(f"{CONFIRM}/passkey", body).status_code == 204
    assert is_confirmed(stale)
    assert Session.objects.get().methods == ["password", "passkey"]
    assert stale.post(f"{CONFIRM}/passkey", body).json()["code"] == "challenge_over"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("delete", f"{AUTH}/totp"),
        ("post", f"{AUTH}/recovery-codes"),
        ("post", f"{AUTH}/passkeys/options"),
        ("post", f"{AUTH}/email"),
        ("post", "/api/v1/me/tokens"),
        ("delete", "/api/v1/me"),
    ],
)
def test_password_does_not_stand_in_for_a_factor_that_came_after_the_session(
    stale: Any, reader: User, method: str, path: str
) -> None:
    bodies = {
        f"{AUTH}/email": {"email": "new@example.org"},
        "/api/v1/me/tokens": {"name": "x", "scopes": ["posts:read"]},
    }
    _, codes = enrol_totp(reader)
    assert stale.post(CONFIRM, {"password": PASSWORD}).status_code == 204

    refused = getattr(stale, method)(path, bodies.get(path, {}))
    assert (refused.status_code, refused.json()["code"]) == (403, "second_factor_proof_needed")
    assert stale.post(CONFIRM, {"code": codes[0]}).status_code == 204
    assert getattr(stale, method)(path, bodies.get(path, {})).status_code < 300


def test_step_of_another_account_confirms_nothing(stale: Any, api: Any, author: User, reader: User) -> None:
    key, _ = enrol_passkey(author)
    begun = api(author, headers={"Host": "localhost:8000"}).post(f"{CONFIRM}/passkey-options").json()
    body = {"challenge": begun["challenge"], "credential": key.sign(begun["options"])}

    assert stale.post(f"{CONFIRM}/passkey", body).json()["code"] == "challenge_over"
    assert not is_confirmed(stale)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, ""),
        ({"password": PASSWORD, "code": "123456"}, ""),
        ({"password": "wrong"}, "/password"),
        ({"password": ""}, "/password"),
        ({"password": 7}, "/password"),
        ({"code": "123456"}, "/code"),
        ({"pin": "1"}, "/pin"),
    ],
)
def test_refusals_name_their_field(stale: Any, body: dict[str, Any], pointer: str) -> None:
    response = stale.post(CONFIRM, body)

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == pointer
    assert not is_confirmed(stale)


def test_wrong_password_counts_as_a_guess(stale: Any, api: Any, reader: User) -> None:
    answers = [
        stale.post(CONFIRM, {"password": "wrong"}, REMOTE_ADDR=f"203.0.113.{number}").status_code
        for number in range(10)
    ]

    assert answers == [400] * 9 + [429]
    body = {"username": "reader", "password": PASSWORD}
    assert api().post(f"{AUTH}/token", body, REMOTE_ADDR="203.0.113.99").status_code == 429
    assert SecurityEvent.objects.filter(user=reader, kind="sign_in_failed").count() == 9


def test_tenth_wrong_code_is_429_and_the_password_still_confirms(stale: Any, reader: User) -> None:
    enrol_totp(reader)
    answers = [stale.post(CONFIRM, {"code": "000000"}).status_code for _ in range(10)]

    assert answers == [400] * 9 + [429]
    assert stale.post(CONFIRM, {"password": PASSWORD}).status_code == 204
