"""A family of refresh tokens: who receives which successor, and what ends the family."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.utils import timezone

from apps.accounts.models import SecurityEvent, Session, User
from apps.accounts.services import assign_roles
from apps.accounts.tests.factories import PASSWORD
from apps.common import outbox

pytestmark = pytest.mark.django_db

REFRESH = "/api/v1/auth/token/refresh"
ME = "/api/v1/me"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def sign_in(client: Any) -> Any:
    return client.post("/api/v1/auth/token", {"username": "reader", "password": PASSWORD, "cookie": False}).json()


def refresh(client: Any, token: str) -> Any:
    return client.post(REFRESH, {"refresh": token})


def is_let_in(client: Any, access: str) -> bool:
    return bool(client.get(ME, HTTP_AUTHORIZATION=f"Bearer {access}").status_code == 200)


def test_the_same_token_receives_the_same_successor_for_ten_seconds(
    api: Any, reader: User, clock: time_machine.Traveller
) -> None:
    client = api()
    first = sign_in(client)["refresh"]

    successors = set()
    for _ in range(4):
        answer = refresh(client, first)
        assert answer.status_code == 200
        successors.add(answer.json()["refresh"])
        clock.shift(timedelta(seconds=3))

    assert len(successors) == 1
    assert first not in successors


def test_two_tabs_both_live_on(api: Any, reader: User, clock: time_machine.Traveller) -> None:
    one, other = api(), api()
    first = sign_in(one)["refresh"]

    mine, theirs = refresh(one, first).json(), refresh(other, first).json()
    assert is_let_in(one, mine["access"])
    assert is_let_in(other, theirs["access"])
    for _ in range(3):
        clock.shift(timedelta(minutes=10))
        mine, theirs = refresh(one, mine["refresh"]).json(), refresh(other, theirs["refresh"]).json()
        assert mine["refresh"] == theirs["refresh"]
    assert Session.objects.live().count() == 1


def test_a_replay_after_that_ends_the_family_and_tells_the_owner(
    api: Any, reader: User, clock: time_machine.Traveller
) -> None:
    client = api()
    first = sign_in(client)["refresh"]
    renewed = refresh(client, first).json()
    clock.shift(settings.REFRESH_GRACE + timedelta(seconds=2))

    replay = client.post(REFRESH, {"refresh": first}, HTTP_USER_AGENT="curl/8.4.0", REMOTE_ADDR="198.51.100.9")

    assert (replay.status_code, replay.json()["code"]) == (401, "session_over")
    assert refresh(client, renewed["refresh"]).status_code == 401
    assert not is_let_in(client, renewed["access"])
    event = SecurityEvent.objects.get(kind="refresh_replayed")
    assert (event.user, event.address, event.user_agent) == (reader, "198.51.100.9", "curl/8.4.0")
    outbox.drain()
    assert [message.to for message in mail.outbox] == [[reader.email]]
    assert "198.51.100.9" in mail.outbox[0].body


def test_a_token_from_before_the_previous_one_is_a_replay_at_once(
    api: Any, reader: User, clock: time_machine.Traveller
) -> None:
    client = api()
    first = sign_in(client)["refresh"]
    second = refresh(client, first).json()["refresh"]
    third = refresh(client, second).json()["refresh"]

    assert refresh(client, first).status_code == 401
    assert refresh(client, third).status_code == 401
    assert SecurityEvent.objects.filter(kind="refresh_replayed").count() == 1


def test_a_replay_ends_no_other_family(api: Any, reader: User, clock: time_machine.Traveller) -> None:
    stolen, other = api(), api()
    first, elsewhere = sign_in(stolen)["refresh"], sign_in(other)["refresh"]
    refresh(stolen, first)
    clock.shift(timedelta(minutes=1))

    assert refresh(stolen, first).status_code == 401
    assert refresh(other, elsewhere).status_code == 200


def test_the_grace_counts_from_the_rotation_not_from_the_last_repetition(
    api: Any, reader: User, clock: time_machine.Traveller
) -> None:
    client = api()
    first = sign_in(client)["refresh"]
    answers = []
    for _ in range(3):
        answers.append(refresh(client, first).status_code)
        clock.shift(timedelta(seconds=6))

    assert answers == [200, 200, 401]


def test_a_successor_lives_as_long_as_a_new_token(api: Any, reader: User, clock: time_machine.Traveller) -> None:
    client = api()
    token = sign_in(client)["refresh"]
    for _ in range(3):
        clock.shift(settings.REFRESH_TOKEN_LIFETIME - timedelta(seconds=5))
        token = refresh(client, token).json()["refresh"]

    clock.shift(settings.REFRESH_TOKEN_LIFETIME + timedelta(seconds=5))
    assert refresh(client, token).status_code == 401
    assert not SecurityEvent.objects.filter(kind="refresh_replayed").exists()


def test_a_repetition_brings_the_rights_of_now(api: Any, reader: User, clock: time_machine.Traveller) -> None:
    client = api()
    first = sign_in(client)["refresh"]
    refresh(client, first)
    assign_roles(user=reader, roles=[])

    assert is_let_in(client, refresh(client, first).json()["access"])


@pytest.mark.parametrize("end", ["deleted", "marked", "deactivated"])
def test_refresh_of_an_account_that_is_gone_is_401(api: Any, reader: User, end: str) -> None:
    client = api()
    first = sign_in(client)["refresh"]
    second = refresh(client, first).json()["refresh"]
    if end == "deleted":
        reader.delete()
    else:
        deleted_at = timezone.now() if end == "marked" else None
        User.objects.filter(pk=reader.pk).update(is_active=False, deleted_at=deleted_at)

    for token in (first, second):
        answer = refresh(client, token)
        assert (answer.status_code, answer.json()["code"]) == (401, "session_over")


def test_session_ends_however_often_it_is_used(api: Any, reader: User, clock: Any) -> None:
    client, began = api(), timezone.now()
    token = sign_in(client)["refresh"]
    while timezone.now() + settings.REFRESH_TOKEN_LIFETIME / 2 < began + settings.SESSION_LIFETIME:
        clock.shift(settings.REFRESH_TOKEN_LIFETIME / 2)
        token = refresh(client, token).json()["refresh"]
    assert Session.objects.get().expires_at == began + settings.SESSION_LIFETIME

    clock.move_to(began + settings.SESSION_LIFETIME)
    assert refresh(client, token).status_code == 401


def test_refreshing_says_where_the_session_is_now(api: Any, reader: User) -> None:
    client = api()
    token = sign_in(client)["refresh"]

    client.post(REFRESH, {"refresh": token}, REMOTE_ADDR="198.51.100.7", HTTP_USER_AGENT="curl/8.4.0")

    session = Session.objects.get()
    assert (session.address, session.user_agent) == ("198.51.100.7", "curl/8.4.0")
