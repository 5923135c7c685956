"""A thousand comments at once, each sent twice: none is lost, none doubled, and readers who page through the thread
meanwhile see each in its place."""

from collections import Counter, deque
from functools import partial
from itertools import pairwise
from threading import Barrier, Condition
from typing import Any

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from conftest import ApiClient
from tests.test_concurrency import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="an SQLite database in memory is one connection's own"),
]

COMMENTS, PEOPLE, ROOTS = 1000, 10, 10
ORDERS = ("oldest", "newest")
READINGS = 5
"""How often each reader reads the thread while it grows."""


class Crowd:
    """Twenty who write, two of them in each name sending the same comments at the same time, and two who read."""

    def __init__(self, post: Post, people: list[User], roots: list[int]) -> None:
        self.path = f"/api/v1/posts/{post.slug}/comments"
        self.people, self.roots = people, roots
        self.written = 0
        self.more = Condition()
        self.start = Barrier(2 * PEOPLE + len(ORDERS))

    def work(self, number: int) -> Any:
        client = ApiClient()
        if number < 2 * PEOPLE:
            client.sign_in(self.people[number // 2])
            self.start.wait()
            return self.write(client, number // 2)
        self.start.wait()
        return self.read(client, ORDERS[number - 2 * PEOPLE])

    def write(self, client: ApiClient, person: int) -> list[tuple[int, int]]:
        """Number and id of every comment of this person's share."""
        answers, waiting = [], deque(range(person, COMMENTS, PEOPLE))
        while waiting:
            number = waiting.popleft()
            body = {"body": f"comment {number}", "parent": self.roots[number // 7 % ROOTS] if number % 3 else None}
            response = client.post(self.path, body, headers={"Idempotency-Key": f"key-{number}"})
            if response.status_code in {409, 503}:  # its twin is still under way; the machine is busy
                waiting.append(number)
                continue
            assert response.status_code == 201, response.content
            answers.append((number, response.json()["id"]))
            with self.more:
                self.written += 1
                self.more.notify_all()
        return answers

    def read(self, client: ApiClient, order: str) -> list[list[int]]:
        """Ids of roots, reading by reading: while the thread grows, and once all is written."""
        readings = []
        for turn in range(READINGS + 1):
            due = turn * 2 * COMMENTS // READINGS
            with self.more:
                assert self.more.wait_for(partial(self._has_grown_to, due), timeout=600)
            address, seen = f"{self.path}?order={order}&limit=50", []
            while address:
                response = client.get(address)
                assert response.status_code == 200, response.content
                seen += [row["id"] for row in response.json()["results"] if row["depth"] == 0]
                address = response.json()["next"]
            readings.append(seen)
        return readings

    def _has_grown_to(self, due: int) -> bool:
        return self.written >= due


def test_thousand_parallel_comments_arrive_once_each_and_in_order(settings: Any) -> None:
    settings.RATE_LIMITS_ENABLED = False
    post = make_post(UserFactory.create(roles=["author"]))
    roots = [add_comment(post=post, author=post.author, body=f"root {number}").pk for number in range(ROOTS)]
    people = [UserFactory.create() for _ in range(PEOPLE)]
    crowd = Crowd(post, people, roots)

    answers = at_once(crowd.work, 2 * PEOPLE + len(ORDERS))

    assert not [answer for answer in answers if isinstance(answer, BaseException)], answers
    written = [answer for share in answers[: 2 * PEOPLE] for answer in share]
    assert set(Counter(number for number, _ in written).values()) == {2}
    ids = dict(written)
    assert all(ids[number] == pk for number, pk in written), "both senders are told of the same comment"
    stored = Comment.objects.filter(post=post).exclude(pk__in=roots)
    assert Counter(stored.values_list("body", flat=True)) == Counter(f"comment {n}" for n in range(COMMENTS))
    assert set(stored.values_list("pk", flat=True)) == set(ids.values())
    _assert_counters(post, people)
    for order, readings in zip(ORDERS, answers[2 * PEOPLE :], strict=True):
        _assert_stable(readings, newest_first=order == "newest")


def _assert_counters(post: Post, people: list[User]) -> None:
    post.refresh_from_db()
    assert post.comment_count == COMMENTS + ROOTS
    counts = User.objects.filter(pk__in=[person.pk for person in people]).values_list("comment_count", flat=True)
    assert set(counts) == {COMMENTS // PEOPLE}
    for root in Comment.objects.filter(post=post, parent__isnull=True):
        assert root.visible_descendants == root.reply_count == Comment.objects.filter(parent=root).count()


def _assert_stable(readings: list[list[int]], *, newest_first: bool) -> None:
    """Each reading is in order and without gaps: it holds whatever an earlier one had, and the last holds all."""
    whole = set(readings[-1])
    assert len(whole) == len(readings[-1]) == ROOTS + len(range(0, COMMENTS, 3))
    for reading in readings:
        assert reading == sorted(reading, reverse=newest_first)
        assert len(reading) == len(set(reading))
        # Between the first and the last that it saw there is none that it did not see.
        assert set(reading) == {pk for pk in whole if min(reading) <= pk <= max(reading)}
    for earlier, later in pairwise(readings):
        assert set(earlier) <= set(later)
