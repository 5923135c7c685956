"""The outbox: written with the work, carried out at least once, by any number of workers."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from apps.common import outbox, periodic
from apps.common.models import OutboxMessage, Priority

pytestmark = pytest.mark.django_db
EVENT = "tests.happened"


@pytest.fixture
def done() -> Iterator[list[dict[str, Any]]]:
    """What a subscriber was given; it fails while a payload says so."""
    seen: list[dict[str, Any]] = []

    def subscriber(payload: dict[str, Any]) -> None:
        if payload.get("fail"):
            raise ValueError("not today")
        seen.append(payload)

    with mock.patch.dict(outbox._subscribers, {EVENT: {"tests.subscriber": subscriber}}):
        yield seen


def test_event_is_carried_out_once(done: list[dict[str, Any]]) -> None:
    outbox.record(EVENT, {"n": 1})
    assert outbox.drain() == 1
    assert outbox.drain() == 0
    assert done == [{"n": 1}]


def test_event_of_work_that_was_rolled_back_never_was(done: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        outbox.record(EVENT, {})
        transaction.set_rollback(True)
    assert outbox.drain() == 0
    assert done == []


def test_events_come_in_order(done: list[dict[str, Any]]) -> None:
    for number in range(5):
        outbox.record(EVENT, {"n": number})
    outbox.drain()
    assert [payload["n"] for payload in done] == list(range(5))


def test_what_somebody_waits_for_overtakes_patient_work(done: list[dict[str, Any]]) -> None:
    subscribed = outbox._subscribers[EVENT]["tests.subscriber"]
    with mock.patch.dict(outbox._subscribers), mock.patch.dict(outbox._priorities):
        for priority in Priority:
            outbox.subscribe(f"tests.{priority.name}", priority=priority)(subscribed)
        for priority in reversed(Priority):
            outbox.record(f"tests.{priority.name}", {"n": priority})
            outbox.record_each(f"tests.{priority.name}", [{"n": priority}])
        assert outbox.drain(limit=1) == 1
        outbox.record("tests.AWAITED", {"n": "later, but awaited"})
        outbox.drain()
    assert [payload["n"] for payload in done] == [0, 0, "later, but awaited", 1, 1, 2, 2]


def test_worker_begins_nothing_more_when_its_time_is_up(done: list[dict[str, Any]]) -> None:
    for number in range(3):
        outbox.record(EVENT, {"n": number})
    with mock.patch("apps.common.outbox.time.monotonic", side_effect=[0, 1, outbox.DRAIN_LASTS + 1]):
        assert outbox.drain() == 1
    assert outbox.backlog()["waiting"] == 2


def test_codes_wait_behind_nothing_and_foreign_sites_behind_everything() -> None:
    by_priority: dict[Priority, set[str]] = {priority: set() for priority in Priority}
    for (_event, subscriber), priority in outbox._priorities.items():
        by_priority[priority].add(subscriber.split(".")[1])
    assert by_priority[Priority.AWAITED] == {"accounts"}
    assert {"media", "search", "webmentions", "feeds"} <= by_priority[Priority.PATIENT]
    assert not by_priority[Priority.PATIENT] & {"accounts", "moderation", "comments"}


def test_failure_is_tried_again_after_growing_pauses_and_then_given_up(done: list[dict[str, Any]]) -> None:
    outbox.record(EVENT, {"fail": True})
    with time_machine.travel(timezone.now(), tick=False) as clock:
        pauses = []
        while OutboxMessage.objects.get().failed_at is None:
            assert outbox.drain() == 1
            assert outbox.drain() == 0, "not before its time"
            pause = OutboxMessage.objects.get().due_at - timezone.now()
            pauses.append(pause)
            clock.shift(pause)
    message = OutboxMessage.objects.get()
    assert message.attempts == len(pauses) == outbox.MAX_ATTEMPTS
    assert pauses == sorted(pauses)
    assert message.last_error == "ValueError: not today"
    assert outbox.backlog() == {"waiting": 0, "failed": 1}
    assert outbox.retry_failed() == 1
    assert outbox.backlog()["waiting"] == 1


def test_one_failing_event_does_not_hold_up_others(done: list[dict[str, Any]]) -> None:
    outbox.record(EVENT, {"fail": True})
    outbox.record(EVENT, {"n": 2})
    outbox.drain()
    assert done == [{"n": 2}]


def test_work_of_a_killed_worker_is_taken_over_when_its_claim_runs_out(done: list[dict[str, Any]]) -> None:
    outbox.record(EVENT, {"n": 1})
    assert outbox._claim_next() is not None, "claimed by a worker that dies now"
    assert outbox.drain() == 0
    with time_machine.travel(timezone.now() + outbox.CLAIM_LASTS + timedelta(seconds=1)):
        assert outbox.drain() == 1
    assert done == [{"n": 1}]


def test_late_worker_does_not_stamp_what_another_took_over(done: list[dict[str, Any]]) -> None:
    outbox.record(EVENT, {"n": 1})
    late = outbox._claim_next()
    assert late is not None
    OutboxMessage.objects.update(claimed_by="another")
    outbox._carry_out(late)
    assert OutboxMessage.objects.get().done_at is None


def test_message_of_a_subscriber_that_is_gone_is_kept_for_people() -> None:
    OutboxMessage.objects.create(event="tests.gone", subscriber="tests.nobody_knows")
    outbox.drain()
    assert OutboxMessage.objects.get().last_error.startswith("KeyError")


def test_done_messages_go_after_a_week(done: list[dict[str, Any]]) -> None:
    outbox.record(EVENT, {})
    outbox.drain()
    assert outbox.forget_done() == 0
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert outbox.forget_done() == 1


def test_worker_command_does_what_is_due(done: list[dict[str, Any]]) -> None:
    outbox.record(EVENT, {"n": 1})
    call_command("work", "--once")
    assert done == [{"n": 1}]


def test_periodic_job_runs_once_an_interval_and_a_failing_one_stops_no_other() -> None:
    ran: list[str] = []

    def bad() -> None:
        raise ValueError("no")

    jobs = {"bad": (bad, timedelta(minutes=1)), "good": (lambda: ran.append("x"), timedelta(minutes=1))}
    with mock.patch.dict(periodic._jobs, jobs, clear=True):
        assert periodic.run_due() == 2
        assert periodic.run_due() == 0
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            assert periodic.run_due() == 2
    assert ran == ["x", "x"]


def test_lost_cache_only_makes_jobs_run_more_often() -> None:
    jobs = {"good": (lambda: None, timedelta(minutes=1))}
    with mock.patch.dict(periodic._jobs, jobs, clear=True), mock.patch.object(cache, "add", return_value=None):
        assert periodic.run_due() == 1
