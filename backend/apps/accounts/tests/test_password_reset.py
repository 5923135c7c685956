"""POST /auth/password/reset and /auth/password/reset/confirm."""

from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import Challenge, SecurityEvent, User
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.accounts.tests.mailbox import last_code, mails_to

pytestmark = pytest.mark.django_db

ASK = "/api/v1/auth/password/reset"
CONFIRM = "/api/v1/auth/password/reset/confirm"
TOKEN = "/api/v1/auth/token"
NEW = "another long secret"


def ask(api: Any, name: str = "reader") -> str:
    response = api().post(ASK, {"username": name})
    assert response.status_code == 202, response.content
    return str(response.json()["challenge"])


def confirm(api: Any, challenge: str, code: str, password: str = NEW) -> Any:
    return api().post(CONFIRM, {"challenge": challenge, "code": code, "password": password, "cookie": False})


def test_code_sets_another_password_and_signs_in(api: Any, reader: User) -> None:
    elsewhere = api(reader)
    response = confirm(api, ask(api, reader.email), last_code(reader.email))

    assert response.status_code == 200, response.content
    here = api()
    here.credentials(HTTP_AUTHORIZATION=f"Bearer {response.json()['access']}")
    assert here.get("/api/v1/me").status_code == 200
    assert elsewhere.get("/api/v1/me").status_code == 401
    assert api().post(TOKEN, {"username": "reader", "password": PASSWORD}).status_code == 401
    assert api().post(TOKEN, {"username": "reader", "password": NEW}).status_code == 200
    reader.refresh_from_db()
    assert reader.email_verified_at is not None
    assert SecurityEvent.objects.filter(user=reader, kind="password_reset").count() == 1


def test_reset_ends_the_session_of_the_admin(api: Any, editor: User) -> None:
    browser = Client()
    browser.post("/admin/login/", {"username": "editor", "password": PASSWORD})
    assert browser.get("/admin/").status_code == 200

    assert confirm(api, ask(api, "editor"), last_code(editor.email)).status_code == 200

    assert browser.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    ("password", "code"),
    [("short", "min_length"), ("x" * 129, "max_length"), ("password123", "password_too_common")],
)
def test_weak_password_is_named_without_costing_a_try(api: Any, reader: User, password: str, code: str) -> None:
    challenge = ask(api)
    for _ in range(6):
        response = confirm(api, challenge, "00000000", password)
        assert response.status_code == 400
        assert [(row["pointer"], row["code"]) for row in response.json()["errors"]] == [("/password", code)]

    assert Challenge.objects.get().tries == 0
    assert confirm(api, challenge, last_code(reader.email)).status_code == 200


def test_likeness_to_the_name_is_told_only_to_those_with_the_code(api: Any) -> None:
    user = UserFactory.create(username="bartholomew")
    challenge = ask(api, "bartholomew")

    assert confirm(api, challenge, "00000000", "bartholomew1").json()["code"] == "wrong_code"
    refused = confirm(api, challenge, last_code(user.email), "bartholomew1").json()
    assert [(row["pointer"], row["code"]) for row in refused["errors"]] == [("/password", "password_too_similar")]
    assert confirm(api, challenge, last_code(user.email)).status_code == 200


def test_reset_voids_every_other_step_of_the_account(api: Any, reader: User) -> None:
    sign_in = api().post("/api/v1/auth/code", {"username": "reader"}).json()["challenge"]
    code = last_code(reader.email)
    assert confirm(api, ask(api), last_code(reader.email)).status_code == 200

    late = api().post("/api/v1/auth/code/confirm", {"challenge": sign_in, "code": code})
    assert late.json()["code"] == "challenge_over"


@pytest.mark.parametrize("name", ["nobody", "nobody@example.org", "deactivated"])
def test_strangers_and_deactivated_accounts_get_the_same_answer_and_no_mail(
    api: Any, reader: User, deactivated: User, name: str
) -> None:
    known, other = (api().post(ASK, {"username": text}) for text in ("reader", name))

    assert known.status_code == other.status_code == 202
    assert known.json().keys() == other.json().keys()
    assert not mails_to(deactivated.email)
    assert confirm(api, other.json()["challenge"], "00000000").json()["code"] == "wrong_code"


def test_account_without_a_password_gets_one(api: Any) -> None:
    user = UserFactory.create(username="imported")
    user.set_unusable_password()
    user.save(update_fields=["password"])

    assert confirm(api, ask(api, "imported"), last_code(user.email)).status_code == 200
    assert api().post(TOKEN, {"username": "imported", "password": NEW}).status_code == 200


def test_second_factor_is_still_asked_for(api: Any) -> None:
    user = UserFactory.create(username="guarded", has_second_factor=True)
    response = confirm(api, ask(api, "guarded"), last_code(user.email))

    assert (response.status_code, response.json()["step"]) == (202, "second_factor")
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert not user.sessions.exists()
