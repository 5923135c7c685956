"""What the admin shows of second factors, and taking them away from who has lost them."""

import pytest
from django.contrib import admin as django_admin
from django.core.management import CommandError, call_command
from django.test import Client

from apps.accounts.models import SecurityEvent, Session, User
from apps.accounts.second_factor import factors_of
from apps.accounts.sessions import start_session
from apps.accounts.tests.admin_steps import give_password
from apps.accounts.tests.factor_steps import enrol_passkey, enrol_totp
from apps.accounts.tests.factories import UserFactory
from apps.common.tests.admin_forms import messages_of, run_action, signed_in

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/user/"


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
