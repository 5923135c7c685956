"""POST /auth/register and /auth/email/verify where e-mail addresses are verified."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.models import Challenge, SecurityEvent, User
from apps.accounts.tasks import clean_up_sign_ins
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.accounts.tests.mailbox import last_code, mails_to
from apps.common.models import IdempotencyRecord
from apps.site.services import forget_site, update_site

pytestmark = pytest.mark.django_db

REGISTER = "/api/v1/auth/register"
VERIFY = "/api/v1/auth/email/verify"
RESEND = "/api/v1/auth/code/resend"
TOKEN = "/api/v1/auth/token"
BODY: dict[str, Any] = {"username": "Mina", "email": "mina@Example.ORG", "password": "a long enough secret"}


@pytest.fixture(autouse=True)
def _verification(settings: Any) -> None:
    settings.EMAIL_VERIFICATION = True


def begin(api: Any, **change: Any) -> str:
    response = api().post(REGISTER, {**BODY, **change})
    assert response.status_code == 202, response.content
    return str(response.json()["challenge"])


def verify(api: Any, challenge: str, code: str, **more: Any) -> Any:
    return api().post(VERIFY, {"challenge": challenge, "code": code, "cookie": False, **more})


def test_account_is_made_when_the_code_comes(api: Any) -> None:
    response = api().post(REGISTER, {**BODY, "display_name": "Mina O."})

    assert response.status_code == 202
    assert response.headers["Cache-Control"] == "no-store"
    assert set(response.json()) == {"step", "challenge", "methods"}
    assert (response.json()["step"], response.json()["methods"]) == ("verify_email", ["email_code"])
    assert not User.objects.exists()

    done = verify(api, response.json()["challenge"], last_code("mina@example.org"))

    assert done.status_code == 200, done.content
    user = User.objects.get()
    assert (user.username, user.email, user.display_name) == ("Mina", "mina@example.org", "Mina O.")
    assert user.email_verified_at is not None
    assert user.check_password(BODY["password"])
    me = api()
    me.credentials(HTTP_AUTHORIZATION=f"Bearer {done.json()['access']}")
    assert me.get("/api/v1/me").json()["username"] == "Mina"
    assert set(SecurityEvent.objects.values_list("kind", flat=True)) == {"signed_up", "signed_in"}
    assert "Welcome" in mails_to("mina@example.org")[-1].subject
    assert api().post(TOKEN, {"username": "mina", "password": BODY["password"]}).status_code == 200


def test_refresh_token_is_in_the_cookie_unless_asked_otherwise(api: Any) -> None:
    token = begin(api)
    response = api().post(VERIFY, {"challenge": token, "code": last_code("mina@example.org")})

    assert "refresh" not in response.json()
    assert any(cookie["httponly"] and cookie["path"] == "/api/v1/auth" for cookie in response.cookies.values())


def test_known_address_gets_the_same_answer_and_another_mail(api: Any) -> None:
    UserFactory.create(username="minna", email="mina@example.org")
    stranger = api().post(REGISTER, {**BODY, "email": "new@example.org", "username": "other"})
    known = api().post(REGISTER, BODY)

    assert known.status_code == stranger.status_code == 202
    assert known.json().keys() == stranger.json().keys()
    assert known.headers.keys() == stranger.headers.keys()
    (sent,) = mails_to("mina@example.org")
    assert "already have an account" in sent.subject
    assert "minna" in sent.body
    assert last_code("new@example.org")
    wrong = verify(api, known.json()["challenge"], "12345678")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "wrong_code")
    assert User.objects.count() == 1


@pytest.mark.parametrize("active", [True, False])
def test_resending_to_a_member_says_so_again_and_sends_no_code(api: Any, active: bool) -> None:
    UserFactory.create(username="minna", email="mina@example.org", is_active=active)
    token = begin(api)
    assert api().post(RESEND, {"challenge": token}).status_code == 204

    # The first of the two was overtaken by the second before anything was sent.
    assert len(mails_to("mina@example.org")) == 1
    assert ("switched off" in mails_to("mina@example.org")[0].body) is not active


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"username": "TAKEN"}, "/username", "taken"),
        ({"username": "admin"}, "/username", "reserved"),
        ({"password": "password123"}, "/password", "password_too_common"),
        ({"email": "nonsense"}, "/email", "invalid"),
        ({"is_staff": True}, "/is_staff", "unknown_field"),
    ],
)
def test_bad_value_is_named_at_once(api: Any, change: dict[str, Any], pointer: str, code: str) -> None:
    UserFactory.create(username="taken")
    response = api().post(REGISTER, {**BODY, **change})

    assert response.status_code == 400
    assert [(row["pointer"], row["code"]) for row in response.json()["errors"]] == [(pointer, code)]
    assert not Challenge.objects.exists()


def test_username_taken_meanwhile_is_named(api: Any) -> None:
    token = begin(api)
    code = last_code("mina@example.org")
    UserFactory.create(username="MINA", email="faster@example.org")

    response = verify(api, token, code)

    assert response.status_code == 400
    assert [(row["pointer"], row["code"]) for row in response.json()["errors"]] == [("/username", "taken")]
    assert not User.objects.filter(email="mina@example.org").exists()


def test_two_sign_ups_with_one_address_make_one_account(api: Any) -> None:
    first = begin(api)
    first_code = last_code("mina@example.org")
    second = begin(api, username="mina2")
    second_code = last_code("mina@example.org")

    assert verify(api, first, first_code).status_code == 200
    refused = verify(api, second, second_code)

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "/email"


def test_step_ends_once(api: Any) -> None:
    token = begin(api)
    code = last_code("mina@example.org")

    assert verify(api, token, code).status_code == 200
    again = verify(api, token, code)

    assert (again.status_code, again.json()["code"]) == (422, "challenge_over")


def test_registration_closed_meanwhile_is_refused(api: Any) -> None:
    token = begin(api)
    code = last_code("mina@example.org")
    update_site(registration_open=False)
    forget_site()

    assert verify(api, token, code).json()["code"] == "registration_closed"


def test_row_holds_no_password_and_no_code(api: Any) -> None:
    begin(api)
    row = Challenge.objects.get()
    kept = json.dumps(row.data) + row.secret_digest

    assert BODY["password"] not in kept
    assert last_code("mina@example.org").replace(" ", "") not in kept
    assert row.data["password"].count("$") >= 2


def test_key_makes_repeating_safe_and_keeps_no_secret(api: Any) -> None:
    first = api().post(REGISTER, BODY, HTTP_IDEMPOTENCY_KEY="key-1")
    again = api().post(REGISTER, BODY, HTTP_IDEMPOTENCY_KEY="key-1")

    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json()["challenge"] != again.json()["challenge"]
    assert not IdempotencyRecord.objects.exists()
    assert verify(api, again.json()["challenge"], last_code("mina@example.org")).status_code == 200
    assert User.objects.count() == 1


def test_sign_in_of_an_unverified_account_asks_for_the_code(api: Any) -> None:
    user = UserFactory.create(username="reader")
    asked = api().post(TOKEN, {"username": "reader", "password": PASSWORD, "cookie": False})

    assert (asked.status_code, asked.json()["step"]) == (202, "verify_email")
    done = verify(api, asked.json()["challenge"], last_code(user.email))

    assert done.status_code == 200
    user.refresh_from_db()
    assert user.email_verified_at is not None
    assert user.sessions.get().methods == ["password", "email_code"]
    assert api().post(TOKEN, {"username": "reader", "password": PASSWORD}).status_code == 200


def test_codes_for_an_unverified_account_are_limited(api: Any) -> None:
    UserFactory.create(username="reader")
    body = {"username": "reader", "password": PASSWORD, "cookie": False}
    answers = [api().post(TOKEN, body, REMOTE_ADDR=f"203.0.113.{number}") for number in range(1, 11)]

    assert [answer.status_code for answer in answers] == [202] * 9 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize("change", [{"email": "other@example.org"}, {"is_active": False}])
def test_code_is_void_once_the_account_has_changed(api: Any, change: dict[str, Any]) -> None:
    user = UserFactory.create(username="reader")
    asked = api().post(TOKEN, {"username": "reader", "password": PASSWORD, "cookie": False})
    code = last_code(user.email)
    User.objects.filter(pk=user.pk).update(**change)

    assert verify(api, asked.json()["challenge"], code).status_code == 422


def test_unfinished_sign_ups_are_forgotten_after_a_week(api: Any) -> None:
    begin(api)

    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        clean_up_sign_ins()
        assert Challenge.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=7, hours=1)):
        clean_up_sign_ins()
        assert not Challenge.objects.exists()
