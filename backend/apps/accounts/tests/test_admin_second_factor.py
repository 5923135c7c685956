"""The second factor at the door of the Django admin."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as configured
from django.contrib import admin as django_admin
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from apps.accounts.models import SecurityEvent, Session, User
from apps.accounts.second_factor import factors_of
from apps.accounts.services import change_password, set_active
from apps.accounts.sessions import sign_out_elsewhere, start_session
from apps.accounts.tests.factor_steps import AUTH, code_at, enrol_passkey, enrol_totp
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.accounts.tests.software_authenticator import Page
from apps.common.tests.admin_forms import messages_of, run_action, signed_in

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/?next=/admin/posts/post/"
SECOND = "/admin/second-factor/"
LIST = "/admin/accounts/user/"


def give_password(browser: Client, user: User, password: str = PASSWORD) -> Any:
    return browser.post(LOGIN, {"username": user.username, "password": password, "next": "/admin/posts/post/"})


def is_in(browser: Client) -> bool:
    return browser.get("/admin/").status_code == 200


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
    browser = signed_in(editor)
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


# -- From the site -------------------------------------------------------------------------------------------------


def test_staff_that_are_signed_in_to_the_site_enter_the_admin(api: Any, editor: User) -> None:
    client = api(editor)

    assert client.post(f"{AUTH}/admin-session").status_code == 204
    assert client.cookies["sessionid"]["httponly"]
    assert is_in(client)


def test_foreign_pages_and_old_proofs_open_no_admin(api: Any, editor: User, reader: User) -> None:
    client = api(editor)
    foreign = client.post(f"{AUTH}/admin-session", headers={"Origin": "https://evil.example"})
    Session.objects.update(confirmed_at=timezone.now() - timedelta(hours=1))
    old = client.post(f"{AUTH}/admin-session")

    assert (foreign.status_code, foreign.json()["code"]) == (403, "foreign_origin")
    assert (old.status_code, old.json()["code"]) == (403, "confirmation_required")
    assert api(reader).post(f"{AUTH}/admin-session").json()["code"] == "permission_denied"
    assert "sessionid" not in client.cookies


def test_second_factor_has_to_be_proved_on_the_site_too(api: Any, editor: User, settings: Any) -> None:
    client = api(editor)
    settings.SECOND_FACTOR_ROLES = ["editor"]
    assert client.post(f"{AUTH}/admin-session").json()["code"] == "second_factor_needed"
    secret, _ = enrol_totp(editor)

    assert client.post(f"{AUTH}/admin-session").json()["code"] == "second_factor_proof_needed"
    assert client.post(f"{AUTH}/confirm", {"password": PASSWORD}).status_code == 204
    assert client.post(f"{AUTH}/admin-session").json()["code"] == "second_factor_proof_needed"
    assert client.post(f"{AUTH}/confirm", {"code": code_at(secret)}).status_code == 204
    assert client.post(f"{AUTH}/admin-session").status_code == 204
    assert is_in(client)


def test_login_page_leads_to_the_site(client: Client) -> None:
    page = client.get("/admin/login/").content.decode()

    assert 'href="/sign-in"' in page


# -- Somebody lost their phone -------------------------------------------------------------------------------------


def test_superuser_removes_second_factors_and_it_is_logged(editor: User, reader: User) -> None:
    boss = UserFactory.create(username="boss", is_superuser=True, is_staff=True)
    enrol_totp(editor)
    enrol_passkey(editor)
    session, _ = start_session(user=editor)
    said = messages_of(run_action(signed_in(boss), LIST, "remove_second_factors", [editor, reader]))

    assert "1 user left without a second factor" in said
    assert "reader: This account has no second factor." in said
    editor.refresh_from_db()
    assert not editor.has_second_factor
    assert not factors_of(editor).exists()
    events = SecurityEvent.objects.filter(user=editor, by=boss)
    assert {event.kind for event in events} == {"totp_removed", "passkey_removed"}
    assert not Session.objects.live().filter(pk=session.pk).exists()


def test_admins_cannot_take_second_factors_away(admin: User, editor: User) -> None:
    enrol_totp(editor)
    run_action(signed_in(admin), LIST, "remove_second_factors", [editor])

    editor.refresh_from_db()
    assert editor.has_second_factor


def test_superuser_keeps_their_own(editor: User) -> None:
    boss = UserFactory.create(username="boss", is_superuser=True, is_staff=True)
    browser = signed_in(boss)
    enrol_totp(boss)
    session = browser.session
    session["second_factor_proved"] = True
    session.save()

    assert "on the site" in messages_of(run_action(browser, LIST, "remove_second_factors", [boss]))


def test_command_lets_in_the_only_superuser(editor: User) -> None:
    enrol_totp(editor)
    call_command("remove_second_factors", "EDITOR@example.org")

    assert not factors_of(editor).exists()
    assert give_password(Client(), editor).headers["Location"] == "/admin/posts/post/"
    for name, said in (("editor", "no second factor"), ("nobody", "no account")):
        with pytest.raises(CommandError, match=said):
            call_command("remove_second_factors", name)


def test_page_of_a_user_says_what_is_enrolled(admin: User, editor: User, reader: User) -> None:
    enrol_totp(editor)
    enrol_passkey(editor)
    browser = signed_in(admin)

    assert (
        "authenticator app, 1 passkey; 10 recovery codes left"
        in browser.get(f"{LIST}{editor.pk}/change/").content.decode()
    )
    assert "none" in browser.get(f"{LIST}{reader.pk}/change/").content.decode()


def test_rows_of_the_library_are_not_in_the_admin() -> None:
    names = {model._meta.label for model in django_admin.site._registry}

    assert not {name for name in names if name.startswith(("mfa.", "account."))}
