"""What many requests at once must not break. They need a database that lets several in: PostgreSQL."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F

from apps.accounts.challenges import Purpose, open_challenge, send_code
from apps.accounts.codes import code_for
from apps.accounts.models import SecurityEvent, Session, User
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.common.tests.at_once import run_at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs concurrent connections"),
]


def test_twenty_refreshes_with_one_token_receive_one_successor(api: Any) -> None:
    UserFactory.create(username="reader")
    body = {"username": "reader", "password": PASSWORD, "cookie": False}
    token = api().post("/api/v1/auth/token", body).json()["refresh"]

    def refresh(raw: str) -> Any:
        return api().post("/api/v1/auth/token/refresh", {"refresh": raw})

    answers = run_at_once(lambda _: refresh(token), 20)

    assert [answer.status_code for answer in answers] == [200] * 20
    (successor,) = {answer.json()["refresh"] for answer in answers}
    accesses = {answer.json()["access"] for answer in answers}
    assert {api().get("/api/v1/me", HTTP_AUTHORIZATION=f"Bearer {access}").status_code for access in accesses} == {200}

    Session.objects.update(rotated_at=F("rotated_at") - timedelta(seconds=12))  # twelve seconds later
    replays = run_at_once(lambda _: refresh(token).status_code, 20)

    assert replays == [401] * 20
    assert refresh(successor).status_code == 401
    assert {api().get("/api/v1/me", HTTP_AUTHORIZATION=f"Bearer {access}").status_code for access in accesses} == {401}
    assert SecurityEvent.objects.filter(kind="refresh_replayed").count() == 1


def test_of_many_registrations_of_one_name_one_wins(api: Any) -> None:
    body = {"username": "mina", "password": "a long enough secret"}

    answers = run_at_once(
        lambda number: api().post("/api/v1/auth/register", {**body, "email": f"mina{number}@example.org"}).status_code,
        6,
    )

    assert sorted(answers) == [201, 400, 400, 400, 400, 400]
    assert User.objects.count() == 1


def test_many_guesses_at_once_do_not_slip_past_the_limit(api: Any) -> None:
    body = {"username": "nobody", "password": "wrong"}

    answers = run_at_once(lambda _: api().post("/api/v1/auth/token", body).status_code, 14)

    assert sorted(answers) == [401] * 9 + [429] * 5


def test_of_many_password_changes_at_once_one_wins(api: Any) -> None:
    user = UserFactory.create(username="reader")
    clients = [api(user) for _ in range(6)]

    def change(number: int) -> int:
        body = {"current_password": PASSWORD, "password": f"long secret number {number}", "cookie": False}
        return int(clients[number].post("/api/v1/auth/password", body).status_code)

    assert sorted(run_at_once(change, 6)) == [200, 401, 401, 401, 401, 401]
    assert Session.objects.live().count() == 1


def test_of_many_that_sign_out_everywhere_else_at_once_one_stays(api: Any) -> None:
    user = UserFactory.create(username="reader")
    clients = [api(user) for _ in range(6)]

    answers = run_at_once(lambda number: clients[number].delete("/api/v1/me/sessions").status_code, 6)

    assert sorted(answers) == [204, 401, 401, 401, 401, 401]
    assert Session.objects.live().count() == 1


def test_of_many_that_want_one_address_one_gets_it(api: Any) -> None:
    email = "wanted@elsewhere.example"
    members = [UserFactory.create() for _ in range(6)]
    clients = [api(member) for member in members]
    bodies = []
    for member in members:
        challenge, token = open_challenge(
            purpose=Purpose.CHANGE_EMAIL, user=member, email=email, data={"old": member.email}
        )
        send_code(challenge)
        codes = {"code": code_for(challenge, to=member.email), "new_code": code_for(challenge)}
        bodies.append({"challenge": token, **codes})

    answers = run_at_once(lambda n: clients[n].post("/api/v1/auth/email/confirm", bodies[n]).status_code, 6)

    assert sorted(answers) == [200, 422, 422, 422, 422, 422]
    assert User.objects.identified_by(email).count() == 1
