"""POST /auth/code, /auth/code/resend and /auth/code/confirm."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from apps.accounts.api_tokens import make_token
from apps.accounts.mails.codes import send_wanted_code
from apps.accounts.models import ApiToken, Challenge, Session, User
from apps.accounts.scopes import Scope
from apps.accounts.sessions import start_session
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.accounts.tests.mailbox import last_code, mails_to
from apps.common import outbox

pytestmark = pytest.mark.django_db

ASK = "/api/v1/auth/code"
RESEND = "/api/v1/auth/code/resend"
CONFIRM = "/api/v1/auth/code/confirm"
NAMES = ["reader", "READER", "reader@example.org", " Reader@Example.org "]


def ask(api: Any, name: str = "reader") -> str:
    response = api().post(ASK, {"username": name})
    assert response.status_code == 202, response.content
    return str(response.json()["challenge"])


def confirm(api: Any, challenge: str, code: str, **headers: Any) -> Any:
    return api().post(CONFIRM, {"challenge": challenge, "code": code, "cookie": False}, **headers)


@pytest.mark.parametrize("name", NAMES)
def test_code_from_the_mail_signs_in(api: Any, reader: User, name: str) -> None:
    challenge = ask(api, name)
    response = confirm(api, challenge, last_code(reader.email))

    assert response.status_code == 200, response.content
    assert set(response.json()) == {"access", "expires_in", "refresh"}
    assert response.headers["Cache-Control"] == "no-store"
    assert reader.sessions.get().methods == ["email_code"]
    reader.refresh_from_db()
    assert reader.email_verified_at is not None


@pytest.mark.parametrize("proved_before", [False, True])
def test_who_made_the_account_with_anothers_address_is_out_once_that_one_comes(
    api: Any, reader: User, proved_before: bool
) -> None:
    User.objects.update(email_verified_at=timezone.now() if proved_before else None)
    session, _ = start_session(user=reader)
    make_token(user=reader, name="Program", scopes={Scope.POSTS_READ}, days=3)
    assert confirm(api, ask(api), last_code(reader.email)).status_code == 200

    assert Session.objects.live().filter(pk=session.pk).exists() is proved_before
    assert ApiToken.objects.live().exists() is proved_before
    by_password = api().post("/api/v1/auth/token", {"username": "reader", "password": PASSWORD})
    assert by_password.status_code == (200 if proved_before else 401)
    assert reader.sessions.filter(ended_at=None, methods=["email_code"]).count() == 1


@pytest.mark.parametrize("form", ["{}", "{:.4}-{}", "  {} "])
def test_code_may_be_typed_as_people_do(api: Any, reader: User, form: str) -> None:
    challenge = ask(api)
    digits = last_code(reader.email).replace(" ", "")
    typed = f"{digits[:4]}-{digits[4:]}" if "-" in form else form.format(digits)

    assert confirm(api, challenge, typed).status_code == 200


def test_mail_says_where_it_was_asked_from_and_that_it_can_be_ignored(api: Any, reader: User) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    api().post(ASK, {"username": "reader"}, HTTP_USER_AGENT=agent, REMOTE_ADDR="203.0.113.9")
    (sent,) = mails_to(reader.email)

    html = str(sent.alternatives[0][0])  # type: ignore[attr-defined]
    for text in (str(sent.body), html):
        assert "Firefox" in text
        assert "203.0.113.9" in text
        assert "ignore this mail" in text
        assert last_code(reader.email) in text


def test_user_agent_puts_no_link_into_the_mail(api: Any, reader: User) -> None:
    for agent in ("evil.example/1.0", "Mozilla/5.0 (compatible; www.evil.example-bot/2.0; +http://evil.example)"):
        api().post(ASK, {"username": "reader"}, HTTP_USER_AGENT=agent)

    assert not any("evil" in str(sent.body) for sent in mails_to(reader.email))


@pytest.mark.parametrize("name", ["nobody", "nobody@example.org", "deactivated", "deactivated@example.org"])
def test_strangers_and_deactivated_accounts_get_the_same_answer_and_no_mail(
    api: Any, reader: User, deactivated: User, name: str
) -> None:
    known, other = api().post(ASK, {"username": "reader"}), api().post(ASK, {"username": name})

    assert known.status_code == other.status_code == 202
    assert known.json().keys() == other.json().keys()
    assert len(known.json()["challenge"]) == len(other.json()["challenge"])
    assert len(mails_to(reader.email)) == 1
    assert not mails_to(deactivated.email)
    wrong = [confirm(api, answer.json()["challenge"], "00000000").json() for answer in (known, other)]
    assert [{**row, "request_id": ""} for row in wrong] == [{**wrong[0], "request_id": ""}] * 2


def test_right_code_works_once(api: Any, reader: User) -> None:
    challenge, code = ask(api), ""
    code = last_code(reader.email)

    assert confirm(api, challenge, code).status_code == 200
    assert confirm(api, challenge, code).json()["code"] == "challenge_over"


def test_five_wrong_tries_end_the_step(api: Any, reader: User) -> None:
    challenge = ask(api)
    code = last_code(reader.email)
    answers = [confirm(api, challenge, "00000000").json() for _ in range(5)]

    assert {answer["code"] for answer in answers} == {"wrong_code"}
    assert answers[0]["errors"][0]["pointer"] == "/code"
    assert "Tries left: 4" in answers[0]["detail"]
    assert confirm(api, challenge, code).json()["code"] == "challenge_over"
    assert api().post(RESEND, {"challenge": challenge}).json()["code"] == "challenge_over"


def test_code_is_void_after_a_quarter_of_an_hour(api: Any, reader: User) -> None:
    challenge = ask(api)
    code = last_code(reader.email)

    with time_machine.travel(timezone.now() + settings.CODE_LIFETIME + timedelta(seconds=1)):
        assert confirm(api, challenge, code).json()["code"] == "challenge_over"


def test_resent_code_replaces_the_one_before(api: Any, reader: User) -> None:
    challenge = ask(api)
    first = last_code(reader.email)
    assert api().post(RESEND, {"challenge": challenge}).status_code == 204
    second = last_code(reader.email)

    assert first != second
    assert confirm(api, challenge, first).json()["code"] == "wrong_code"
    assert confirm(api, challenge, second).status_code == 200


def test_three_codes_are_sent_at_most(api: Any, reader: User) -> None:
    challenge = ask(api)
    answers = [api().post(RESEND, {"challenge": challenge}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [204, 204, 422]
    assert answers[-1].json()["code"] == "too_many_codes"


def test_message_that_comes_late_sends_nothing(api: Any, reader: User) -> None:
    User.objects.update(email_verified_at=timezone.now())
    challenge = ask(api)
    row = Challenge.objects.get()
    mails_to(reader.email)
    api().post(RESEND, {"challenge": challenge})

    send_wanted_code({"challenge_id": str(row.pk), "send": 1})
    assert len([*mails_to(reader.email)]) == 2
    confirm(api, challenge, last_code(reader.email))
    send_wanted_code({"challenge_id": str(row.pk), "send": 2})
    assert len(mails_to(reader.email)) == 2


def test_mail_that_is_sent_twice_is_one_mail(api: Any, reader: User) -> None:
    ask(api)
    row = Challenge.objects.get()
    outbox.drain()
    send_wanted_code({"challenge_id": str(row.pk), "send": 1})

    first, second = mails_to(reader.email)
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


@pytest.mark.parametrize("change", [{"email": "other@example.org"}, {"is_active": False}])
def test_code_is_void_once_the_account_has_changed(api: Any, reader: User, change: dict[str, Any]) -> None:
    challenge = ask(api)
    code = last_code(reader.email)
    User.objects.filter(pk=reader.pk).update(**change)

    assert confirm(api, challenge, code).json()["code"] == "challenge_over"


def test_code_is_for_its_own_step_only(api: Any, reader: User) -> None:
    one, _ = ask(api), mails_to(reader.email)
    other = ask(api)
    code = last_code(reader.email)

    assert confirm(api, one, code).json()["code"] == "wrong_code"
    reset = {"challenge": other, "code": code, "password": "another long secret"}
    assert api().post("/api/v1/auth/password/reset/confirm", reset).json()["code"] == "challenge_over"
    assert confirm(api, other, code).status_code == 200


@pytest.mark.parametrize(
    ("challenge", "status"),
    [
        ("", 400),
        (" ", 400),
        ("x" * 100, 422),
        ("x" * 101, 400),
        ("x" * 100_000, 400),
        ("nul\0", 400),
        ("not-a-uuid.secret", 422),
        ("00000000000000000000000000000000.secret", 422),
        ("{00000000-0000-0000-0000-000000000000}", 422),
        ("\u0660" * 32 + ".\U0001f511", 422),
        (None, 400),
        (7, 400),
        (["x"], 400),
    ],
)
@pytest.mark.parametrize("path", [CONFIRM, RESEND, "/api/v1/auth/email/verify", "/api/v1/auth/password/reset/confirm"])
def test_token_that_is_none_is_refused_politely(api: Any, path: str, challenge: Any, status: int) -> None:
    body: dict[str, Any] = {"challenge": challenge}
    if path != RESEND:
        body["code"] = "12345678"
    if path.endswith("reset/confirm"):
        body["password"] = "another long secret"
    response = api().post(path, body)

    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("code", ["", "1", "x" * 21, "１２３４５６７８", "nul\0", None, 12345678])
def test_code_that_is_none_is_named(api: Any, reader: User, code: Any) -> None:
    response = api().post(CONFIRM, {"challenge": ask(api), "code": code})

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/code"


@pytest.mark.parametrize("name", ["", "x" * 255, "nul\0", None, 7])
def test_name_that_is_none_is_named(api: Any, name: Any) -> None:
    response = api().post(ASK, {"username": name})

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/username"


def test_foreign_page_gets_no_cookie(api: Any, reader: User) -> None:
    challenge = ask(api)
    body = {"challenge": challenge, "code": last_code(reader.email)}
    refused = api().post(CONFIRM, body, HTTP_ORIGIN="https://evil.example")

    assert (refused.status_code, refused.json()["code"]) == (403, "foreign_origin")
    assert api().post(CONFIRM, {**body, "cookie": False}, HTTP_ORIGIN="https://evil.example").status_code == 200


def test_second_factor_is_still_asked_for(api: Any) -> None:
    user = UserFactory.create(username="guarded", has_second_factor=True)
    challenge = ask(api, "guarded")
    response = confirm(api, challenge, last_code(user.email))

    assert (response.status_code, response.json()["step"]) == (202, "second_factor")
    assert not user.sessions.exists()


@pytest.mark.parametrize("path", [ASK, CONFIRM, RESEND, "/api/v1/auth/token"])
def test_half_a_character_is_no_server_error(api: Any, path: str) -> None:
    body = rb'{"username": "\ud800", "challenge": "\ud800", "code": "\ud8001234", "password": "\ud800"}'
    response = api().post(path, data=body, content_type="application/json")

    assert response.status_code == 400, response.content
