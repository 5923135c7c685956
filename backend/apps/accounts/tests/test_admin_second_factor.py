"""The second factor at the door of the Django admin."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone

from apps.accounts.models import SecurityEvent, User
from apps.accounts.services import change_password, set_active
from apps.accounts.sessions import sign_out_elsewhere, start_session
from apps.accounts.tests.admin_steps import give_password, is_in
from apps.accounts.tests.factor_steps import code_at, enrol_passkey, enrol_totp
from apps.accounts.tests.software_authenticator import Page

pytestmark = pytest.mark.django_db

SECOND = "/admin/second-factor/"


def options_in(page: str) -> Any:
    found = re.search(r'<script id="passkey-options" type="application/json">(.*?)</script>', page)
    assert found
    return json.loads(found[1])


def test_who_has_no_factor_enters_by_password(editor: User) -> None:
    browser = Client()
    response = give_password(browser, editor)

    assert (response.status_code, response.headers["Location"]) == (302, "/admin/posts/post/")
    assert is_in(browser)
    assert SecurityEvent.objects.filter(user=editor, kind="signed_in", detail="the admin: password").exists()


def test_app_code_is_asked_for_on_a_second_page(editor: User) -> None:
    secret, _ = enrol_totp(editor)
    browser = Client()

    assert give_password(browser, editor).headers["Location"] == SECOND
    assert not is_in(browser), "the password alone opens nothing"
    page = browser.get(SECOND)
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    entered = browser.post(SECOND, {"code": code_at(secret)})
    assert (entered.status_code, entered.headers["Location"]) == (302, "/admin/posts/post/")
    assert is_in(browser)
    assert SecurityEvent.objects.filter(user=editor, detail="the admin: password, totp").exists()


def test_recovery_code_opens_the_admin_once(editor: User) -> None:
    _, codes = enrol_totp(editor)
    for status in (302, 200):
        browser = Client()
        give_password(browser, editor)
        assert browser.post(SECOND, {"code": codes[0]}).status_code == status


def test_passkey_opens_the_admin(editor: User) -> None:
    key, _ = enrol_passkey(editor)
    browser = Client(headers={"Host": "localhost:8000"})
    give_password(browser, editor)
    page = browser.get(SECOND).content.decode()
    found = re.search(r'<script id="passkey-options" type="application/json">(.*?)</script>', page)
    assert found
    assert "accounts/admin_passkey.js" in page
    options = json.loads(found[1])

    assert browser.post(SECOND, {"credential": "no json"}).status_code == 200
    assert (
        browser.post(SECOND, {"credential": json.dumps(key.sign(options, Page(origin="http://localhost")))}).status_code
        == 200
    )
    found = re.search(r'application/json">(.*?)</script>', browser.get(SECOND).content.decode())
    assert found
    entered = browser.post(SECOND, {"credential": json.dumps(key.sign(json.loads(found[1])))})
    assert entered.status_code == 302
    assert is_in(browser)


def test_second_page_without_a_password_leads_back(editor: User) -> None:
    enrol_totp(editor)

    assert Client().get(SECOND).headers["Location"] == "/admin/login/"
    assert Client().post(SECOND, {"code": "123456"}).status_code == 302


def test_empty_and_wrong_codes_are_said_to_be(editor: User) -> None:
    enrol_totp(editor)
    browser = Client()
    give_password(browser, editor)

    assert "Enter a code." in browser.post(SECOND, {}).content.decode()
    wrong = browser.post(SECOND, {"code": "000 000"}).content.decode()
    assert "Tries left: 4" in wrong


def test_tenth_wrong_code_is_429_however_often_the_password_is_given(editor: User) -> None:
    secret, _ = enrol_totp(editor)
    browser = Client()
    answers = []
    for number in range(10):
        if number % 4 == 0:
            give_password(browser, editor)
        answers.append(browser.post(SECOND, {"code": "000000"}, REMOTE_ADDR=f"203.0.113.{number}"))

    assert [answer.status_code for answer in answers] == [200] * 9 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "Too many attempts" in answers[-1].content.decode()
    with time_machine.travel(timezone.now() + configured.SIGN_IN_FAILURE_WINDOW + timedelta(seconds=1)):
        give_password(browser, editor)
        assert browser.post(SECOND, {"code": code_at(secret)}).status_code == 302


def test_five_wrong_codes_lead_back_to_the_password_and_then_to_waiting(editor: User) -> None:
    enrol_totp(editor)
    browser = Client()
    give_password(browser, editor)
    answers = [browser.post(SECOND, {"code": "000000"}).status_code for _ in range(5)]

    assert answers == [200] * 4 + [302]
    assert "It took too long" in browser.get("/admin/login/").content.decode()


def test_another_password_ends_the_step(editor: User) -> None:
    secret, _ = enrol_totp(editor)
    browser = Client()
    give_password(browser, editor)
    change_password(user=editor, password="an entirely new one")

    assert browser.post(SECOND, {"code": code_at(secret)}).headers["Location"] == "/admin/login/"
    assert not is_in(browser)


def test_role_that_needs_a_factor_is_told_to_enrol_one(editor: User, settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = ["editor"]
    browser = Client()
    response = give_password(browser, editor)

    assert response.status_code == 200
    assert "add a passkey or an authenticator app" in response.content.decode()
    assert not is_in(browser)


def test_factor_that_is_enrolled_later_is_asked_for_in_sessions_that_stand(editor: User, settings: Any) -> None:
    browser = Client()
    give_password(browser, editor)
    assert is_in(browser)
    settings.SECOND_FACTOR_ROLES = ["editor"]
    assert not is_in(browser)
    enrol_totp(editor)
    assert not is_in(browser)


@pytest.mark.parametrize(
    "end",
    [
        lambda user: change_password(user=user, password="an entirely new one"),
        lambda user: set_active(user=user, active=False),
        lambda user: sign_out_elsewhere(start_session(user=user)[0]),
    ],
    ids=["password", "deactivated", "everywhere"],
)
def test_what_ends_all_sessions_ends_those_of_the_admin(editor: User, end: Any) -> None:
    browser = Client()
    give_password(browser, editor)
    assert is_in(browser)
    end(User.objects.get(pk=editor.pk))

    assert not is_in(browser)
