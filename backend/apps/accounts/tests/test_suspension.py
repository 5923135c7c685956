"""Suspended people are kept out everywhere from the next request on, and are told until when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.sanctions import impose
from apps.accounts.tests.factories import PASSWORD
from conftest import ApiClient, ApiFor

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
UNTIL = datetime(2026, 3, 8, 14, 30, tzinfo=UTC)
NOTICE = "Moderators have suspended this account until 8 March 2026, 14:30 UTC."

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def _suspend(user: User) -> None:
    impose(user=user, suspended_until=UNTIL)


def _sign_in(client: ApiClient, user: User, password: str = PASSWORD) -> Any:
    body = {"username": user.username, "password": password, "cookie": False}
    return client.post("/api/v1/auth/token", body)


def test_suspended_person_cannot_sign_in_and_is_told_until_when(api: ApiFor, reader: User) -> None:
    _suspend(reader)
    answer = _sign_in(api(), reader)
    assert answer.status_code == 401
    problem = answer.json()
    assert (problem["code"], problem["detail"]) == ("account_suspended", NOTICE)
    assert problem["suspended_until"] == UNTIL.isoformat()


def test_wrong_password_does_not_tell_that_somebody_is_suspended(api: ApiFor, reader: User) -> None:
    _suspend(reader)
    assert _sign_in(api(), reader, "not the password").json()["code"] == "invalid_credentials"


def test_access_token_is_refused_with_the_next_request_and_works_again_afterwards(
    api: ApiFor, reader: User, clock: Any
) -> None:
    client = api(reader)
    assert client.get("/api/v1/me").status_code == 200
    _suspend(reader)
    for path in ("/api/v1/me", "/api/v1/posts"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (401, "account_suspended")
        assert answer.json()["detail"] == NOTICE
    impose(user=reader)
    assert client.get("/api/v1/me").status_code == 200


def test_refresh_token_is_refused_but_not_used_up(api: ApiFor, reader: User, clock: Any) -> None:
    refresh = _sign_in(api(), reader).json()["refresh"]
    _suspend(reader)
    answer = api().post("/api/v1/auth/token/refresh", {"refresh": refresh})
    assert (answer.status_code, answer.json()["code"]) == (401, "account_suspended")
    clock.move_to(UNTIL + timedelta(seconds=1))
    assert api().post("/api/v1/auth/token/refresh", {"refresh": refresh}).status_code == 200


def test_api_token_is_refused(api: ApiFor, reader: User) -> None:
    client = api()
    client.use_token(reader, "account:read")
    assert client.get("/api/v1/me").status_code == 200
    _suspend(reader)
    answer = client.get("/api/v1/me")
    assert (answer.status_code, answer.json()["code"], answer.json()["detail"]) == (401, "account_suspended", NOTICE)


def test_suspended_person_can_still_sign_out(api: ApiFor, reader: User) -> None:
    refresh = _sign_in(api(), reader).json()["refresh"]
    _suspend(reader)
    assert api().post("/api/v1/auth/sign-out", {"refresh": refresh}).status_code == 204
    impose(user=reader)
    assert api().post("/api/v1/auth/token/refresh", {"refresh": refresh}).json()["code"] == "session_over"


def test_suspended_member_of_staff_loses_the_admin_and_is_told(client: Client, editor: User) -> None:
    form = {"username": editor.username, "password": PASSWORD, "next": "/admin/"}
    assert client.post("/admin/login/", form).status_code == 302
    assert client.get("/admin/").status_code == 200
    _suspend(editor)
    thrown_out = client.get("/admin/", follow=True)
    assert thrown_out.redirect_chain
    assert NOTICE in thrown_out.content.decode()
    refused = Client().post("/admin/login/", form)
    assert refused.status_code == 200
    assert NOTICE in refused.content.decode()


def test_me_tells_a_silenced_person_until_when(api: ApiFor, reader: User, clock: Any) -> None:
    impose(user=reader, silenced_until=UNTIL)
    assert api(reader).get("/api/v1/me").json()["silenced_until"] == "2026-03-08T14:30:00Z"
    clock.move_to(UNTIL)
    assert timezone.now() == UNTIL
    assert api(reader).get("/api/v1/me").json()["silenced_until"] is None
