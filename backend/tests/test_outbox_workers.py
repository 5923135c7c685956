"""Two workers at once, and one that is killed, on a real database."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest import mock

import pytest
from django.db import connection, connections

from apps.common import idempotency_store, outbox
from apps.common.errors import DomainError
from apps.common.models import IdempotencyRecord, OutboxMessage

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="an SQLite database in memory is one connection's own"),
]


def in_parallel(work: Any, times: int) -> list[Any]:
    """Run the work in threads that start together, each with a connection of its own."""
    start = threading.Barrier(times)

    def run(number: int) -> Any:
        try:
            start.wait()
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_workers_share_the_work_and_do_nothing_twice() -> None:
    done: Counter[int] = Counter()
    lock = threading.Lock()

    def subscriber(payload: dict[str, Any]) -> None:
        with lock:
            done[payload["n"]] += 1

    with mock.patch.dict(outbox._subscribers, {"tests.happened": {"tests.subscriber": subscriber}}):
        for number in range(40):
            outbox.record("tests.happened", {"n": number})
        taken = in_parallel(lambda _: outbox.drain(), 3)
    assert sum(taken) == 40
    assert done == Counter(range(40))
    assert not OutboxMessage.objects.filter(done_at__isnull=True).exists()


def test_of_parallel_requests_with_one_key_one_does_the_work() -> None:
    def try_to_claim(_: int) -> str:
        try:
            answer = idempotency_store.claim(principal="user:1", key="k", fingerprint="f")
        except DomainError as error:
            return error.code
        return type(answer).__name__

    outcomes = Counter(in_parallel(try_to_claim, 6))
    assert outcomes == {"IdempotencyRecord": 1, "idempotency_key_in_use": 5}
    assert IdempotencyRecord.objects.count() == 1
