"""What many who leave at once must not break. It needs a database that lets several in: PostgreSQL."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from apps.accounts.leaving import Fate, ask_for_deletion
from apps.accounts.models import SecurityEvent, User
from apps.accounts.tests.factories import UserFactory
from apps.common.tests.at_once import run_at_once
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from apps.profiles.deletion import delete_account
from apps.profiles.models import Export
from apps.tags.models import Tag

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs concurrent connections"),
]


def test_asking_eight_times_at_once_makes_one_archive(api: Any, reader: User) -> None:
    clients = [api(reader) for _ in range(8)]
    answers = run_at_once(lambda number: clients[number].post("/api/v1/me/export"), 8)

    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["requested_at"] for answer in answers}) == 1
    assert Export.objects.count() == 1
    assert SecurityEvent.objects.filter(user=reader, kind="export_asked").count() == 1


def test_of_two_last_superusers_one_stays(api: Any) -> None:
    people = [UserFactory.create(username=f"boss{n}", is_superuser=True, is_staff=True) for n in range(2)]
    clients = [api(user) for user in people]
    answers = run_at_once(lambda number: clients[number].delete("/api/v1/me", {}), 2)

    assert Counter(answer.status_code for answer in answers) == {202: 1, 422: 1}


def test_two_workers_delete_one_account_together(author: User) -> None:
    for number in range(10):
        make_post(author, title=f"Post {number}", tags=["maps"])
    ask_for_deletion(user=author, posts=Fate.REMOVE)
    User.objects.update(deletion_due_at=timezone.now() - timedelta(minutes=1))
    run_at_once(lambda _: delete_account(author), 3)

    author.refresh_from_db()
    assert author.deleted_at is not None
    assert author.post_count == 0
    assert not Post.objects.filter(author=author).exists()
    assert Tag.objects.get().post_count == 0
