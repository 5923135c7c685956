"""Second factors in many requests at once. They need a database that lets several in: PostgreSQL."""

from typing import Any

import pytest
from django.db import connection

from apps.accounts.models import SecurityEvent, Session, SignInFailure, User
from apps.accounts.second_factor import factors_of
from apps.accounts.sessions import start_session
from apps.accounts.tests.factor_steps import AUTH, code_at, enrol_passkey, enrol_totp, second_step
from apps.accounts.tests.factories import UserFactory
from apps.accounts.tests.passkey_steps import LOCAL, begin
from apps.common.tests.at_once import run_at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs concurrent connections"),
]


@pytest.fixture
def owner(transactional_db: None) -> User:
    return UserFactory.create(username="owner")


def give(client: Any, token: str, code: str, number: int = 0) -> int:
    body = {"challenge": token, "code": code}
    return int(client.post(f"{AUTH}/second-factor", body, REMOTE_ADDR=f"203.0.113.{number}").status_code)


@pytest.mark.parametrize("kind", ["totp", "recovery"])
def test_of_many_who_give_one_code_one_gets_in(api: Any, owner: User, settings: Any, kind: str) -> None:
    settings.SIGN_IN_MAX_FAILURES = 100
    secret, codes = enrol_totp(owner)
    code = code_at(secret) if kind == "totp" else codes[0]
    tokens = [second_step(owner) for _ in range(12)]

    answers = run_at_once(lambda number: give(api(), tokens[number], code, number), 12)

    assert sorted(answers) == [200] + [400] * 11
    assert Session.objects.count() == 1


def test_of_many_who_end_one_step_one_gets_in(api: Any, owner: User, settings: Any) -> None:
    settings.SIGN_IN_MAX_FAILURES = settings.CODE_MAX_TRIES = 100
    _, codes = enrol_totp(owner)
    token = second_step(owner)

    answers = run_at_once(lambda number: give(api(), token, codes[number], number), 10)

    assert answers.count(200) == 1
    assert set(answers) == {200, 422}
    assert Session.objects.count() == 1


def test_fifty_guesses_at_once_are_not_more_than_nine(api: Any, owner: User) -> None:
    enrol_totp(owner)
    tokens = [second_step(owner) for _ in range(50)]

    answers = run_at_once(lambda number: give(api(), tokens[number], "000000", number), 50)

    assert sorted(answers) == [400] * 9 + [429] * 41
    assert SecurityEvent.objects.filter(kind="sign_in_failed").count() == 9
    assert SignInFailure.objects.exists()


def test_passkey_answer_sent_many_times_at_once_signs_in_once(api: Any, owner: User, settings: Any) -> None:
    settings.SIGN_IN_MAX_FAILURES = settings.CODE_MAX_TRIES = 100
    key, _ = enrol_passkey(owner)
    begun = begin(api(headers=LOCAL))
    body = {"challenge": begun["challenge"], "credential": key.sign(begun["options"])}

    answers = run_at_once(lambda _: api(headers=LOCAL).post(f"{AUTH}/passkey", body).status_code, 10)

    assert answers.count(200) == 1
    assert set(answers) == {200, 422}
    assert Session.objects.count() == 1


def test_last_two_factors_removed_at_once_leave_one_where_one_is_needed(api: Any, settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = ["editor"]
    for _ in range(3):
        editor = UserFactory.create(roles=["editor"])
        enrol_totp(editor)
        _, pk = enrol_passkey(editor)
        _, tokens = start_session(user=editor, methods=["password", "totp"])
        headers = {"Authorization": f"Bearer {tokens.access}"}
        paths = [f"{AUTH}/totp", f"{AUTH}/passkeys/{pk}"]

        answers = run_at_once(lambda number: api().delete(paths[number], headers=headers).status_code, 2)  # noqa: B023

        assert sorted(answers) == [204, 422]
        editor.refresh_from_db()
        assert editor.has_second_factor
        assert factors_of(editor).count() == 2, "a factor and the recovery codes"
