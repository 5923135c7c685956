"""Fifty guessers at once, with the cache away. They need a database that lets several in: PostgreSQL."""

from collections import Counter
from typing import Any

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.accounts.tests.limits import CACHE_AWAY, HOME, TOKEN
from apps.accounts.tests.mailbox import last_code
from apps.common.tests.at_once import run_at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs concurrent connections"),
]

GUESSERS = 50


@pytest.fixture(params=["cache at hand", "cache away"], autouse=True)
def _cache(request: pytest.FixtureRequest, settings: Any) -> None:
    if request.param == "cache away":
        settings.CACHES = CACHE_AWAY


def test_fifty_threads_guess_one_account_and_its_owner_gets_in_by_code(api: Any) -> None:
    owner = UserFactory.create(username="reader")

    def guess(number: int) -> Any:
        body = {"username": "reader", "password": f"guess {number}"}
        return api().post(TOKEN, body, REMOTE_ADDR=f"203.0.113.{number + 1}")

    answers = run_at_once(guess, GUESSERS)

    assert Counter(answer.status_code for answer in answers) == {401: 9, 429: 41}
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers if answer.status_code == 429)
    assert api().post(TOKEN, {"username": "reader", "password": PASSWORD}, REMOTE_ADDR=HOME).status_code == 429

    asked = api().post("/api/v1/auth/code", {"username": "reader"}, REMOTE_ADDR=HOME).json()
    body = {"challenge": asked["challenge"], "code": last_code(owner.email)}
    assert api().post("/api/v1/auth/code/confirm", body, REMOTE_ADDR=HOME).status_code == 200


def test_one_address_guesses_fifty_accounts(api: Any) -> None:
    for number in range(GUESSERS):
        UserFactory.create(username=f"reader{number}")
    answers = run_at_once(lambda number: api().post(TOKEN, {"username": f"reader{number}", "password": "no"}), GUESSERS)

    assert Counter(answer.status_code for answer in answers) == {401: 9, 429: 41}


def test_fifty_threads_guess_one_code(api: Any) -> None:
    owner = UserFactory.create(username="reader")
    token = api().post("/api/v1/auth/code", {"username": "reader"}).json()["challenge"]
    last_code(owner.email)

    def guess(number: int) -> Any:
        body = {"challenge": token, "code": f"{number:08}"}
        return api().post("/api/v1/auth/code/confirm", body, REMOTE_ADDR=f"203.0.113.{number + 1}").json()["code"]

    assert Counter(run_at_once(guess, GUESSERS)) == {"wrong_code": 5, "challenge_over": 45}


def test_one_address_asks_fifty_times_at_once(api: Any) -> None:
    answers = run_at_once(lambda number: api().post("/api/v1/auth/code", {"username": f"reader{number}"}), GUESSERS)

    assert Counter(answer.status_code for answer in answers) == {202: 9, 429: 41}


def test_right_code_sent_by_many_at_once_signs_in_once(api: Any) -> None:
    owner = UserFactory.create(username="reader")
    token = api().post("/api/v1/auth/code", {"username": "reader"}).json()["challenge"]
    body = {"challenge": token, "code": last_code(owner.email)}
    answers = run_at_once(lambda _: api().post("/api/v1/auth/code/confirm", body).status_code, 5)

    assert sorted(answers) == [200, 422, 422, 422, 422]
    assert owner.sessions.count() == 1


def test_two_sign_ups_with_one_name_at_once_make_one_account(api: Any, settings: Any) -> None:
    settings.EMAIL_VERIFICATION = True
    steps = []
    for number in range(6):
        email = f"mina{number}@example.org"
        body = {"username": "mina", "email": email, "password": "a long enough secret"}
        token = api().post("/api/v1/auth/register", body, REMOTE_ADDR=f"203.0.113.{number + 1}").json()["challenge"]
        steps.append({"challenge": token, "code": last_code(email)})

    answers = run_at_once(lambda number: api().post("/api/v1/auth/email/verify", steps[number]), 6)

    assert sorted(answer.status_code for answer in answers) == [200, 400, 400, 400, 400, 400]
    refused = [answer.json()["errors"][0] for answer in answers if answer.status_code == 400]
    assert {(row["pointer"], row["code"]) for row in refused} == {("/username", "taken")}
    assert User.objects.count() == 1
