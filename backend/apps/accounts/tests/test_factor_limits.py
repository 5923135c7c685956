"""Guessing second factors: refused by the tenth try, and the owner gets in by another way."""

from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache

from apps.accounts.models import SecurityEvent, SignInFailure, User
from apps.accounts.tests.factor_steps import AUTH, code_at, enrol_passkey, enrol_totp, second_step
from apps.accounts.tests.factories import PASSWORD
from apps.accounts.tests.software_authenticator import SoftwareAuthenticator

pytestmark = pytest.mark.django_db


def give(client: Any, token: str, code: str = "000000", address: str = "203.0.113.1") -> Any:
    return client.post(f"{AUTH}/second-factor", {"challenge": token, "code": code}, REMOTE_ADDR=address)


def test_step_is_over_after_five_tries_and_429_follows(api: Any, reader: User) -> None:
    secret, _ = enrol_totp(reader)
    token = second_step(reader)
    answers = [give(api(), token) for _ in range(10)]

    assert [answer.status_code for answer in answers] == [400] * 5 + [422] * 4 + [429]
    assert "Tries left: 4." in answers[0].json()["detail"]
    assert "Begin again." in answers[4].json()["detail"]
    assert give(api(), token, code_at(secret), "203.0.113.9").json()["code"] == "challenge_over"


def test_tenth_try_at_one_account_is_429_from_wherever_and_with_the_cache_lost(api: Any, reader: User) -> None:
    secret, codes = enrol_totp(reader)
    answers = []
    for number in range(10):
        cache.clear()
        answers.append(give(api(), second_step(reader), address=f"203.0.113.{number}").status_code)

    assert answers == [400] * 9 + [429]
    for right in (code_at(secret), codes[0]):
        refused = give(api(), second_step(reader), right, "203.0.113.99")
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 900
    assert SecurityEvent.objects.filter(user=reader, kind="sign_in_failed").count() == 9


def test_one_address_guessing_at_many_accounts_is_429(api: Any, reader: User, author: User) -> None:
    for user in (reader, author):
        enrol_totp(user)
    answers = [give(api(), second_step(user)).status_code for user in (reader, author) * 5]

    assert answers == [400] * 9 + [429]


def test_owner_gets_in_by_passkey_while_codes_are_locked(api: Any, reader: User) -> None:
    enrol_totp(reader)
    key, _ = enrol_passkey(reader)
    for number in range(10):
        give(api(), second_step(reader), address=f"203.0.113.{number}")
    client = api(headers={"Host": "localhost:8000"})
    token = second_step(reader)
    options = client.post(f"{AUTH}/second-factor/passkey-options", {"challenge": token}).json()["options"]
    body = {"challenge": token, "credential": key.sign(options)}

    assert client.post(f"{AUTH}/second-factor/passkey", body).status_code == 200


def test_right_code_clears_the_account_but_not_the_address(api: Any, reader: User) -> None:
    secret, _ = enrol_totp(reader)
    for number in range(5):
        give(api(), second_step(reader), address=f"203.0.113.{number}")
    assert give(api(), second_step(reader), code_at(secret), "203.0.113.0").status_code == 200

    answers = [give(api(), second_step(reader), address=f"203.0.114.{number}").status_code for number in range(10)]
    assert answers == [400] * 9 + [429]


def test_guessing_codes_leaves_the_password_alone(api: Any, reader: User) -> None:
    enrol_totp(reader)
    for number in range(10):
        give(api(), second_step(reader), address=f"203.0.113.{number}")

    assert api().post(f"{AUTH}/token", {"username": "reader", "password": PASSWORD}).status_code == 202


def test_tenth_refused_passkey_from_one_address_is_429_and_locks_no_account(api: Any, reader: User) -> None:
    key, _ = enrol_passkey(reader)
    client = api(headers={"Host": "localhost:8000"})
    stranger = SoftwareAuthenticator(user_handle=key.user_handle)

    def attempt(signer: SoftwareAuthenticator, address: str) -> Any:
        begun = client.post(f"{AUTH}/passkey/options").json()
        body = {"challenge": begun["challenge"], "credential": signer.sign(begun["options"])}
        return client.post(f"{AUTH}/passkey", body, REMOTE_ADDR=address)

    answers = [attempt(stranger, "203.0.113.1").status_code for _ in range(10)]
    assert answers == [401] * 9 + [429]
    assert attempt(key, "203.0.113.2").status_code == 200
    assert not SecurityEvent.objects.filter(user=reader, kind="sign_in_failed").exists(), "no stranger fills the log"


def test_table_names_nobody_and_no_code(api: Any, reader: User) -> None:
    enrol_totp(reader)
    give(api(), second_step(reader), "123456")

    assert not any(text in str(SignInFailure.objects.values()) for text in ("reader", "123456", "203.0.113"))
    assert settings.SIGN_IN_MAX_FAILURES == 9
