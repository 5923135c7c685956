"""Signing in by a passkey, alone and as the second step."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.utils import timezone
from fido2.utils import websafe_encode

from apps.accounts.challenges import forget_old_challenges
from apps.accounts.models import SecurityEvent, Session, User
from apps.accounts.tests.factor_steps import AUTH, enrol_passkey, second_step
from apps.accounts.tests.passkey_steps import begin, lies, sign_in
from apps.accounts.tests.software_authenticator import Page, SoftwareAuthenticator, tampered

pytestmark = pytest.mark.django_db


def test_passkey_alone_signs_in(browser: Any, reader: User) -> None:
    key, pk = enrol_passkey(reader)
    begun = begin(browser)
    assert begun["options"]["allowCredentials"] == [], "who asks learns nothing about accounts"
    assert begun["options"]["userVerification"] == "required"
    response = sign_in(browser, key)

    assert response.status_code == 200
    assert "byline_refresh" in response.cookies
    assert Session.objects.get().methods == ["passkey"]
    assert Authenticator.objects.get(pk=pk).last_used_at is not None
    token = response.json()["access"]
    assert browser.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).json()["username"] == "reader"


@lies
def test_signature_for_another_page_signs_nobody_in(browser: Any, reader: User, page: Page) -> None:
    key, _ = enrol_passkey(reader)
    response = sign_in(browser, key, page)

    assert (response.status_code, response.json()["code"]) == (401, "invalid_credentials")
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("member_name", "position"),
    [("signature", -1), ("signature", 0), ("authenticatorData", 0), ("authenticatorData", 32), ("clientDataJSON", 9)],
)
def test_tampered_answer_signs_nobody_in(browser: Any, reader: User, member_name: str, position: int) -> None:
    key, _ = enrol_passkey(reader)
    begun = begin(browser)
    credential = tampered(key.sign(begun["options"]), member_name, position)
    response = browser.post(f"{AUTH}/passkey", {"challenge": begun["challenge"], "credential": credential})

    assert response.status_code == 401
    assert not Session.objects.exists()


def test_answer_works_once(browser: Any, reader: User) -> None:
    key, _ = enrol_passkey(reader)
    begun = begin(browser)
    body = {"challenge": begun["challenge"], "credential": key.sign(begun["options"])}

    assert browser.post(f"{AUTH}/passkey", body).status_code == 200
    assert browser.post(f"{AUTH}/passkey", body).json()["code"] == "challenge_over"
    another = {**body, "challenge": begin(browser)["challenge"]}
    assert browser.post(f"{AUTH}/passkey", another).status_code == 401
    assert Session.objects.count() == 1


def test_steps_that_nobody_finished_go_when_they_are_over(browser: Any, reader: User) -> None:
    begin(browser)
    second_step(reader)

    assert forget_old_challenges() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert forget_old_challenges() == 1
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert forget_old_challenges() == 1


def test_presence_without_verification_is_not_enough_alone(browser: Any, reader: User) -> None:
    key, _ = enrol_passkey(reader)
    key.verifies = False

    assert sign_in(browser, key).status_code == 401


def test_unknown_deactivated_and_foreign_keys_are_refused_alike(browser: Any, reader: User, author: User) -> None:
    gone, _ = enrol_passkey(author)
    User.objects.filter(pk=author.pk).update(is_active=False)
    key, _ = enrol_passkey(reader)
    keys = {
        "deactivated": gone,
        "unknown account": SoftwareAuthenticator(user_handle=websafe_encode(b"987654")),
        "no number": SoftwareAuthenticator(user_handle=websafe_encode(b"\xff\xfe")),
        "no handle": SoftwareAuthenticator(user_handle=""),
        "endless": SoftwareAuthenticator(user_handle=websafe_encode(b"9" * 64)),
        "unknown key": SoftwareAuthenticator(user_handle=key.user_handle),
        "stolen id": SoftwareAuthenticator(user_handle=key.user_handle, credential_id=key.credential_id),
    }
    answers = {name: sign_in(browser, key) for name, key in keys.items()}

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(keys, 401)
    said = [{k: v for k, v in answer.json().items() if k != "request_id"} for answer in answers.values()]
    assert all(text == said[0] for text in said)


def test_counter_that_does_not_go_up_is_a_copy(browser: Any, reader: User) -> None:
    key, _ = enrol_passkey(reader, counter=7)
    assert sign_in(browser, key).status_code == 200
    key.counter -= 1
    assert sign_in(browser, key).status_code == 401
    event = SecurityEvent.objects.filter(user=reader, kind="sign_in_failed").get()
    assert event.detail == "a passkey was refused"
    key.counter = 100
    assert sign_in(browser, key).status_code == 200


def test_keys_that_do_not_count_go_on_working(browser: Any, reader: User) -> None:
    key, _ = enrol_passkey(reader)

    assert [sign_in(browser, key).status_code for _ in range(3)] == [200] * 3


def test_unverified_address_is_asked_for_after_a_passkey_too(browser: Any, reader: User, settings: Any) -> None:
    settings.EMAIL_VERIFICATION = True
    User.objects.update(email_verified_at=None)
    key, _ = enrol_passkey(reader)
    response = sign_in(browser, key)

    assert (response.status_code, response.json()["step"]) == (202, "verify_email")


def test_passkey_ends_the_second_step(browser: Any, reader: User) -> None:
    key, _ = enrol_passkey(reader)
    enrol_passkey(reader)
    token = second_step(reader)
    options = browser.post(f"{AUTH}/second-factor/passkey-options", {"challenge": token}).json()["options"]
    assert len(options["allowCredentials"]) == 2
    key.verifies = False  # the password was given before: presence is enough here
    body = {"challenge": token, "credential": key.sign(options)}

    assert browser.post(f"{AUTH}/second-factor/passkey", body).status_code == 200
    assert Session.objects.get().methods == ["password", "passkey"]
    assert browser.post(f"{AUTH}/second-factor/passkey", body).json()["code"] == "challenge_over"


@lies
def test_second_step_takes_no_signature_for_another_page(browser: Any, reader: User, page: Page) -> None:
    key, _ = enrol_passkey(reader)
    token = second_step(reader)
    options = browser.post(f"{AUTH}/second-factor/passkey-options", {"challenge": token}).json()["options"]
    body = {"challenge": token, "credential": key.sign(options, page)}

    assert browser.post(f"{AUTH}/second-factor/passkey", body).json()["code"] == "wrong_passkey"
    assert not Session.objects.exists()


def test_passkey_of_another_account_does_not_end_the_step(browser: Any, reader: User, author: User) -> None:
    enrol_passkey(reader)
    foreign, _ = enrol_passkey(author)
    token = second_step(reader)
    options = browser.post(f"{AUTH}/second-factor/passkey-options", {"challenge": token}).json()["options"]
    body = {"challenge": token, "credential": foreign.sign(options)}

    assert browser.post(f"{AUTH}/second-factor/passkey", body).status_code == 400


def test_answer_without_options_ends_nothing(browser: Any, reader: User) -> None:
    key, _ = enrol_passkey(reader)
    body = {"challenge": second_step(reader), "credential": key.sign(begin(browser)["options"])}

    assert browser.post(f"{AUTH}/second-factor/passkey", body).status_code == 400
