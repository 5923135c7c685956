"""POST /auth/register, and the mail that follows."""

from typing import Any

import pytest
from django.core import mail

from apps.accounts.errors import RegistrationRefused
from apps.accounts.mails.welcome import send_welcome_mail
from apps.accounts.models import User
from apps.accounts.registration import register_account
from apps.accounts.tests.factories import UserFactory
from apps.common import outbox
from apps.site.services import update_site

pytestmark = pytest.mark.django_db

PATH = "/api/v1/auth/register"
BODY: dict[str, Any] = {"username": "Mina", "email": "mina@Example.ORG", "password": "a long enough secret"}


def fields_of(response: Any) -> dict[str, str]:
    return {row["pointer"]: row["code"] for row in response.json()["errors"]}


def test_visitor_becomes_a_reader(api: Any) -> None:
    response = api().post(PATH, {**BODY, "display_name": "Mina O."})

    assert response.status_code == 201
    assert response.json()["roles"] == ["reader"]
    assert response.json()["permissions"] == []
    assert response.json()["email"] == "mina@example.org"
    assert "password" not in response.json()
    assert BODY["password"] not in response.content.decode()
    assert response.headers["Location"].endswith("/api/v1/users/Mina")
    assert "private" in response.headers["Cache-Control"]
    assert api().get(response.headers["Location"]).json()["display_name"] == "Mina O."
    user = User.objects.get(username="Mina")
    assert user.check_password(BODY["password"])
    assert not user.is_staff


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"username": "no spaces"}, "/username", "invalid_username"),
        ({"username": "Admin"}, "/username", "reserved"),
        ({"username": "MINA"}, "/username", "taken"),
        ({"email": "MINA@example.org"}, "/email", "taken"),
        ({"email": "nonsense"}, "/email", "invalid"),
        ({"password": "short"}, "/password", "min_length"),
        ({"password": "x" * 129}, "/password", "max_length"),
        ({"password": "password123"}, "/password", "password_too_common"),
        ({"password": "Byline-2026!"}, "/password", "context_word"),
        ({"username": "bartholomew", "password": "bartholomew1"}, "/password", "password_too_similar"),
        ({"is_staff": True}, "/is_staff", "unknown_field"),
        ({"username": "nul\0"}, "/username", "null_characters_not_allowed"),
    ],
)
def test_bad_value_is_named_with_its_place(api: Any, change: dict[str, Any], pointer: str, code: str) -> None:
    UserFactory.create(username="mina", email="mina@example.org")
    body = {**BODY, "username": "somebody", "email": "somebody@example.org", **change}

    response = api().post(PATH, body)

    assert response.status_code == 400, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    assert fields_of(response)[pointer] == code
    assert User.objects.count() == 1


def test_name_taken_between_look_and_insert_is_a_field_error(monkeypatch: pytest.MonkeyPatch) -> None:
    UserFactory.create(username="mina", email="mina@example.org")
    real = register_account.__globals__["_taken"]
    looks: list[User] = []

    def taken_later(account: User) -> Any:
        looks.append(account)
        return real(account) if len(looks) > 1 else []

    monkeypatch.setitem(register_account.__globals__, "_taken", taken_later)

    with pytest.raises(RegistrationRefused) as refusal:
        register_account(**BODY)

    assert {row["pointer"] for row in refusal.value.extra["errors"]} == {"/username", "/email"}
    assert refusal.value.status == 400


def test_closed_registration_is_refused(api: Any) -> None:
    update_site(registration_open=False)
    from apps.site.services import forget_site

    forget_site()

    response = api().post(PATH, BODY)

    assert response.status_code == 403
    assert response.json()["code"] == "registration_closed"
    assert not User.objects.exists()


def test_member_cannot_register_again(api: Any, reader: User) -> None:
    response = api(reader).post(PATH, BODY)

    assert response.status_code == 403
    assert response.json()["code"] == "signed_in"


def test_repeating_with_the_same_key_makes_one_account(api: Any) -> None:
    first = api().post(PATH, BODY, HTTP_IDEMPOTENCY_KEY="key-1")
    again = api().post(PATH, BODY, HTTP_IDEMPOTENCY_KEY="key-1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["Location"] == first.headers["Location"]
    assert User.objects.count() == 1


def test_new_member_is_welcomed_once_by_message_id(api: Any) -> None:
    update_site(name="The\nPaper & Ink")
    api().post(PATH, {**BODY, "display_name": "<b>Mina & Co"})

    assert mail.outbox == []
    outbox.drain()
    send_welcome_mail({"user_id": User.objects.get().pk})

    first, second = mail.outbox
    assert first.to == ["mina@example.org"]
    assert "\n" not in first.subject
    assert "Paper & Ink" in first.subject
    assert "Hello <b>Mina & Co," in first.body
    html = str(first.alternatives[0][0])  # type: ignore[attr-defined]
    assert "&lt;b&gt;Mina" in html
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_welcome_for_a_vanished_account_is_no_error() -> None:
    send_welcome_mail({"user_id": 404})

    assert mail.outbox == []
