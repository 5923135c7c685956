"""Roles that need a second factor."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.accounts.second_factor import lacks_second_factor, needs_second_factor
from apps.accounts.tests.factor_steps import AUTH, enrol_passkey, enrol_totp
from apps.accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def required(settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = ["editor", "moderator", "admin"]


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize(
    ("method", "path"),
    [("get", "posts"), ("post", "posts"), ("get", "users"), ("patch", "me"), ("get", "me/tokens"), ("delete", "me")],
)
def test_editor_without_a_factor_is_told_to_enrol_one(api: Any, editor: User, method: str, path: str) -> None:
    response = getattr(api(editor), method)(f"/api/v1/{path}", {})

    assert response.status_code == 403
    assert response.json()["code"] == "second_factor_needed"
    assert "passkey or an authenticator app" in response.json()["detail"]


@pytest.mark.usefixtures("required")
def test_editor_without_a_factor_reaches_what_it_takes_to_enrol_one(api: Any, editor: User) -> None:
    client = api(editor)

    assert client.get("/api/v1/me").json()["second_factor_required"] is True
    assert client.get(f"{AUTH}/factors").json()["required"] is True
    assert client.get("/api/v1/site").status_code == 200
    assert client.post(f"{AUTH}/totp").status_code == 200
    enrol_totp(editor)
    assert client.get("/api/v1/posts").status_code == 200
    assert client.post(f"{AUTH}/sign-out").status_code == 204


@pytest.mark.usefixtures("required")
def test_signing_in_still_works_without_the_factor(api: Any, editor: User) -> None:
    body = {"username": "editor", "password": PASSWORD}

    assert api().post(f"{AUTH}/token", body).status_code == 200


@pytest.mark.usefixtures("required")
def test_roles_that_need_none_are_left_alone(api: Any, reader: User, author: User) -> None:
    assert api(reader).get("/api/v1/posts").status_code == 200
    assert api(author).get("/api/v1/posts").status_code == 200


@pytest.mark.usefixtures("required")
def test_superuser_counts_as_admin(api: Any) -> None:
    boss = UserFactory.create(username="boss", is_superuser=True, is_staff=True)

    assert needs_second_factor(boss)
    assert lacks_second_factor(boss)
    assert api(boss).get("/api/v1/posts").status_code == 403


@pytest.mark.usefixtures("required")
def test_last_factor_stays_while_it_is_needed(api: Any, editor: User) -> None:
    enrol_totp(editor)
    _, passkey = enrol_passkey(editor)
    client = api(editor)

    assert client.delete(f"{AUTH}/totp").status_code == 204
    refused = client.delete(f"{AUTH}/passkeys/{passkey}")
    assert (refused.status_code, refused.json()["code"]) == (422, "factor_required")
    factors = client.get(f"{AUTH}/factors").json()
    assert len(factors["passkeys"]) == 1
    assert factors["recovery_codes_left"] == 10


def test_knowing_costs_no_query(api: Any, reader: User, settings: Any) -> None:
    client = api(reader)
    asked = {}
    for roles in ([], ["editor"]):
        settings.SECOND_FACTOR_ROLES = roles
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/v1/posts/nothing")
        asked[bool(roles)] = [query["sql"] for query in queries]

    assert len(asked[True]) == len(asked[False])
    assert ["EXISTS" in sql for sql in (asked[False][0], asked[True][0])] == [False, True]
