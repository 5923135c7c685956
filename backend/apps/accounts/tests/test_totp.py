"""Authenticator apps and recovery codes: adding, using, removing."""

import base64
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from apps.accounts.models import Challenge, SecurityEvent, Session, User
from apps.accounts.second_factor import factors_of
from apps.accounts.sign_in import second_factors_of
from apps.accounts.tests.factor_steps import AUTH, code_at, enrol_passkey, enrol_totp, second_step
from apps.accounts.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client: Any, user: User) -> Any:
    return client.post(f"{AUTH}/token", {"username": user.username, "password": PASSWORD})


def give(client: Any, token: str, code: str, **more: Any) -> Any:
    return client.post(f"{AUTH}/second-factor", {"challenge": token, "code": code}, **more)


def kinds(user: User) -> list[str]:
    return list(SecurityEvent.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


# -- Adding --------------------------------------------------------------------------------------------------------


def test_reader_adds_an_app_and_gets_recovery_codes_once(api: Any, reader: User) -> None:
    client = api(reader)
    begun = client.post(f"{AUTH}/totp")
    assert begun.status_code == 200
    assert begun.headers["Cache-Control"] == "no-store"
    enrolment = begun.json()
    assert enrolment["url"].startswith("otpauth://totp/reader?secret=" + enrolment["secret"])
    assert base64.b64decode(enrolment["qr"].partition(",")[2]).lstrip().startswith(b"<?xml")
    assert client.get(f"{AUTH}/factors").json()["totp"] is False

    body = {"challenge": enrolment["challenge"], "code": code_at(enrolment["secret"])}
    confirmed = client.post(f"{AUTH}/totp/confirm", body)

    assert confirmed.status_code == 200
    codes = confirmed.json()["recovery_codes"]
    assert len(set(codes)) == 10
    factors = client.get(f"{AUTH}/factors").json()
    assert (factors["totp"], factors["recovery_codes_left"], factors["required"]) == (True, 10, False)
    assert factors["totp_added_at"]
    assert client.get("/api/v1/me").json()["has_second_factor"] is True
    assert client.post(f"{AUTH}/totp/confirm", body).json()["code"] == "challenge_over"
    assert kinds(reader) == ["totp_added", "recovery_codes_made"]


def test_wrong_first_code_names_its_field_and_adds_nothing(api: Any, reader: User) -> None:
    client = api(reader)
    token = client.post(f"{AUTH}/totp").json()["challenge"]
    answers = [client.post(f"{AUTH}/totp/confirm", {"challenge": token, "code": "000000"}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [400] * 5 + [422]
    assert answers[0].json()["errors"][0]["pointer"] == "/code"
    assert not factors_of(reader).exists()


def test_secret_of_another_account_cannot_be_confirmed(api: Any, reader: User, author: User) -> None:
    begun = api(author).post(f"{AUTH}/totp").json()
    body = {"challenge": begun["challenge"], "code": code_at(begun["secret"])}

    assert api(reader).post(f"{AUTH}/totp/confirm", body).json()["code"] == "challenge_over"


def test_secrets_are_encrypted_at_rest(api: Any, reader: User) -> None:
    begun = api(reader).post(f"{AUTH}/totp").json()
    secret, _ = enrol_totp(reader)

    assert begun["secret"] not in str(Challenge.objects.values_list("data", flat=True))
    assert secret not in str(factors_of(reader).values_list("data", flat=True))


def test_another_key_makes_codes_wrong_and_the_old_one_beside_it_right(api: Any, reader: User, settings: Any) -> None:
    secret, codes = enrol_totp(reader)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key " * 5
    client = api(reader)
    begun = client.post(f"{AUTH}/totp").json()

    assert give(client, second_step(reader), code_at(secret)).status_code == 400
    assert give(client, second_step(reader), codes[0]).status_code == 400
    assert client.get(f"{AUTH}/factors").json()["recovery_codes_left"] == 0
    settings.SECRET_KEY_FALLBACKS = [old]
    assert give(client, second_step(reader), code_at(secret)).status_code == 200
    assert client.get(f"{AUTH}/factors").json()["recovery_codes_left"] == 10
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = old, []
    body = {"challenge": begun["challenge"], "code": code_at(begun["secret"])}
    assert api(reader).post(f"{AUTH}/totp/confirm", body).status_code == 400


def test_new_phone_replaces_the_old_one_and_the_recovery_codes_stay(api: Any, reader: User) -> None:
    old, codes = enrol_totp(reader)
    client = api(reader)
    begun = client.post(f"{AUTH}/totp").json()
    body = {"challenge": begun["challenge"], "code": code_at(begun["secret"], -1)}

    assert client.post(f"{AUTH}/totp/confirm", body).json() == {"recovery_codes": []}
    assert give(client, second_step(reader), code_at(old)).status_code == 400
    assert give(client, second_step(reader), code_at(begun["secret"])).status_code == 200
    assert give(client, second_step(reader), codes[0]).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "totp"),
        ("post", "totp/confirm"),
        ("delete", "totp"),
        ("post", "recovery-codes"),
        ("post", "passkeys/options"),
        ("post", "passkeys"),
        ("delete", "passkeys/1"),
    ],
)
def test_changing_factors_needs_a_recent_proof(api: Any, reader: User, method: str, path: str) -> None:
    client = api(reader)
    Session.objects.update(confirmed_at=timezone.now() - timedelta(minutes=16))
    response = getattr(client, method)(f"{AUTH}/{path}", {})

    assert (response.status_code, response.json()["code"]) == (403, "confirmation_required")


# -- Signing in ----------------------------------------------------------------------------------------------------


def test_password_leads_to_the_second_step_and_a_code_ends_it(api: Any, reader: User) -> None:
    secret, _ = enrol_totp(reader)
    client = api()
    first = sign_in(client, reader)
    assert first.status_code == 202
    assert (first.json()["step"], first.json()["methods"]) == ("second_factor", ["totp", "recovery_code"])
    assert not Session.objects.exists()

    second = give(client, first.json()["challenge"], code_at(secret))

    assert second.status_code == 200
    assert "byline_refresh" in second.cookies
    session = Session.objects.get()
    assert session.methods == ["password", "totp"]
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {second.json()['access']}"}).status_code == 200


def test_other_clients_take_the_refresh_token_in_the_body(api: Any, reader: User) -> None:
    secret, _ = enrol_totp(reader)
    body = {"challenge": second_step(reader), "code": code_at(secret), "cookie": False}
    response = api().post(f"{AUTH}/second-factor", body)

    assert set(response.json()) == {"access", "expires_in", "refresh"}
    assert not response.cookies


def test_foreign_page_gets_no_cookie(api: Any, reader: User) -> None:
    secret, _ = enrol_totp(reader)
    response = give(api(), second_step(reader), code_at(secret), headers={"Origin": "https://evil.example"})

    assert (response.status_code, response.json()["code"]) == (403, "foreign_origin")


@pytest.mark.parametrize("forget", [False, True])
def test_code_works_once_with_the_cache_lost_too(api: Any, reader: User, forget: bool) -> None:
    secret, _ = enrol_totp(reader)
    code = code_at(secret)
    assert give(api(), second_step(reader), code).status_code == 200
    if forget:
        cache.clear()

    assert give(api(), second_step(reader), code).status_code == 400
    assert give(api(), second_step(reader), code_at(secret, -1)).status_code == 400, "an older one is no better"
    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        assert give(api(), second_step(reader), code_at(secret)).status_code == 200


def test_code_that_enrolled_the_app_does_not_sign_in(api: Any, reader: User) -> None:
    client = api(reader)
    begun = client.post(f"{AUTH}/totp").json()
    code = code_at(begun["secret"])
    client.post(f"{AUTH}/totp/confirm", {"challenge": begun["challenge"], "code": code})

    assert give(api(), second_step(reader), code).status_code == 400


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_codes_of_other_minutes_are_refused(api: Any, reader: User, steps: int) -> None:
    secret, _ = enrol_totp(reader)

    with time_machine.travel(timezone.now(), tick=False):
        assert give(api(), second_step(reader), code_at(secret, steps)).status_code == 400


@pytest.mark.parametrize(
    "code", ["", "   ", "12345", "abcdef", "１２３４５６", "٣٤٥٦٧٨", "-" * 40, "0" * 41, 123456, None, ["1"]]
)
def test_nonsense_is_an_error_at_the_code(api: Any, reader: User, code: Any) -> None:
    enrol_totp(reader)
    response = give(api(), second_step(reader), code)

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/code"


def test_step_works_once(api: Any, reader: User) -> None:
    secret, codes = enrol_totp(reader)
    token = second_step(reader)

    assert give(api(), token, code_at(secret)).status_code == 200
    assert give(api(), token, codes[0]).json()["code"] == "challenge_over"


@pytest.mark.parametrize("end", ["deactivated", "password", "expired", "made up"])
def test_step_ends_with_what_it_rests_on(api: Any, reader: User, end: str) -> None:
    secret, codes = enrol_totp(reader)
    token = second_step(reader)
    if end == "deactivated":
        User.objects.update(is_active=False)
    elif end == "password":
        reader.set_password("an entirely new one")
        reader.save()
    elif end == "expired":
        Challenge.objects.update(expires_at=timezone.now())
    else:
        token = token[:-1] + ("A" if token[-1] != "A" else "B")

    assert give(api(), token, codes[0]).json()["code"] == "challenge_over"
    assert give(api(), token, code_at(secret)).status_code == 422


# -- Recovery codes ------------------------------------------------------------------------------------------------


def test_recovery_code_opens_once_however_it_is_typed(api: Any, reader: User) -> None:
    _, codes = enrol_totp(reader)

    assert give(api(), second_step(reader), codes[3].replace("-", " ")).status_code == 200
    assert give(api(), second_step(reader), codes[3]).status_code == 400
    assert give(api(), second_step(reader), codes[4].replace("-", "")).status_code == 200
    assert api(reader).get(f"{AUTH}/factors").json()["recovery_codes_left"] == 8
    used = SecurityEvent.objects.filter(user=reader, kind="recovery_code_used").order_by("pk")
    assert [event.detail for event in used] == ["9 left", "8 left"]
    assert not any(code in str(SecurityEvent.objects.values()) for code in codes)


def test_new_recovery_codes_make_the_old_ones_void(api: Any, reader: User) -> None:
    _, old = enrol_totp(reader)
    response = api(reader).post(f"{AUTH}/recovery-codes")

    assert response.headers["Cache-Control"] == "no-store"
    new = response.json()["recovery_codes"]
    assert len({*old, *new}) == 20
    assert give(api(), second_step(reader), old[0]).status_code == 400
    assert give(api(), second_step(reader), new[0]).status_code == 200


def test_recovery_codes_need_a_factor_to_stand_in_for(api: Any, reader: User) -> None:
    response = api(reader).post(f"{AUTH}/recovery-codes")

    assert (response.status_code, response.json()["code"]) == (403, "second_factor_needed")


# -- Removing ------------------------------------------------------------------------------------------------------


def test_recovery_codes_go_with_the_last_factor(api: Any, reader: User) -> None:
    enrol_totp(reader)
    _, passkey = enrol_passkey(reader)
    client = api(reader)

    assert client.delete(f"{AUTH}/totp").status_code == 204
    assert client.get(f"{AUTH}/factors").json()["recovery_codes_left"] == 10
    assert client.delete(f"{AUTH}/passkeys/{passkey}").status_code == 204
    assert not factors_of(reader).exists()
    assert client.get("/api/v1/me").json()["has_second_factor"] is False
    assert second_factors_of(reader) == []
    assert sign_in(api(), reader).status_code == 200
    assert client.delete(f"{AUTH}/totp").status_code == 404
    assert kinds(reader)[-3:-1] == ["totp_removed", "passkey_removed"]
