"""Into the admin from the site, and one's own password within it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import SecurityEvent, Session, User
from apps.accounts.sessions import start_session
from apps.accounts.tests.admin_steps import give_password, is_in
from apps.accounts.tests.factor_steps import AUTH, code_at, enrol_totp
from apps.accounts.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("how", ["signed out here", "ended from elsewhere", "expired"])
def test_admin_ends_with_the_session_that_opened_it(api: Any, editor: User, how: str) -> None:
    client = api(editor)
    client.post(f"{AUTH}/admin-session")
    assert is_in(client)
    if how == "signed out here":
        assert client.post(f"{AUTH}/sign-out", {}).status_code == 204
    elif how == "ended from elsewhere":
        (session,) = Session.objects.live()
        assert api(editor).delete(f"/api/v1/me/sessions/{session.pk}").status_code == 204
    else:
        Session.objects.update(expires_at=timezone.now())

    assert not is_in(client)


def test_admin_opens_again_by_its_own_sign_in_once_the_session_that_opened_it_is_over(api: Any, editor: User) -> None:
    browser, client = Client(), api(editor)
    client.post(f"{AUTH}/admin-session")
    browser.cookies = client.cookies
    Session.objects.update(ended_at=timezone.now())
    assert not is_in(browser)

    give_password(browser, editor)
    assert is_in(browser)


def test_signing_out_ends_the_admins_session_of_the_browser_for_its_own_pages_alone(api: Any, editor: User) -> None:
    client = api()
    client.force_login(editor)
    foreign = client.post(f"{AUTH}/sign-out", {}, headers={"Origin": "https://evil.example"})
    assert (foreign.status_code, is_in(client)) == (403, True)

    assert client.post(f"{AUTH}/sign-out", {}).status_code == 204
    assert not is_in(client)
    assert SecurityEvent.objects.get(kind="signed_out").detail == "the admin"


def test_signing_out_of_the_admin_is_logged(editor: User) -> None:
    browser = Client()
    give_password(browser, editor)
    browser.post("/admin/logout/")
    browser.post("/admin/logout/")

    assert SecurityEvent.objects.filter(user=editor, kind="signed_out").count() == 1


def test_login_page_leads_to_the_site(client: Client) -> None:
    page = client.get("/admin/login/").content.decode()

    assert 'href="/sign-in"' in page


def test_own_password_is_changed_in_the_admin_as_on_the_site(editor: User) -> None:
    browser, other = Client(), Client()
    for client in (browser, other):
        give_password(client, editor)
    session, _ = start_session(user=editor)
    new = {"new_password1": "an entirely new one", "new_password2": "an entirely new one"}
    refused = browser.post("/admin/password_change/", {"old_password": "wrong", **new})
    changed = browser.post("/admin/password_change/", {"old_password": PASSWORD, **new})

    assert (refused.status_code, changed.status_code) == (200, 302)
    assert "old_password" in refused.context["form"].errors
    assert (is_in(browser), is_in(other)) == (True, False)
    assert not Session.objects.live().filter(pk=session.pk).exists()
    assert SecurityEvent.objects.filter(user=editor, kind="password_changed").count() == 1


def test_old_password_is_not_to_be_guessed_in_the_admin(editor: User) -> None:
    browser = Client()
    give_password(browser, editor)
    body = {"old_password": "wrong", "new_password1": "an entirely new one", "new_password2": "an entirely new one"}
    answers = [browser.post("/admin/password_change/", body) for _ in range(10)]

    assert [answer.status_code for answer in answers] == [200] * 9 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
