"""Following and blocking at once, on a database that lets several in: counters hold, and nobody deadlocks."""

from functools import partial

import pytest
from django.db import connection

from apps.accounts import relations
from apps.accounts.models import Block, Follow, User
from apps.accounts.tests.factories import UserFactory
from apps.common.tests.at_once import run_at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs concurrent connections"),
]

at_once = partial(run_at_once, caught=(Exception,))


def counts_hold() -> bool:
    return all(
        user.follower_count == Follow.objects.filter(followed=user).count() for user in User.objects.order_by("pk")
    )


def test_one_follow_counts_once_however_often_it_is_sent_at_once() -> None:
    reader, author = UserFactory.create(), UserFactory.create()

    assert at_once(lambda _: relations.follow(follower=reader, followed=author), 16) == [None] * 16
    assert (Follow.objects.count(), User.objects.get(pk=author.pk).follower_count) == (1, 1)
    assert at_once(lambda _: relations.unfollow(follower=reader, followed=author), 16) == [None] * 16
    assert (Follow.objects.count(), User.objects.get(pk=author.pk).follower_count) == (0, 0)


def test_many_followers_at_once_are_all_counted() -> None:
    author, readers = UserFactory.create(), UserFactory.create_batch(16)

    assert at_once(lambda number: relations.follow(follower=readers[number], followed=author), 16) == [None] * 16
    assert User.objects.get(pk=author.pk).follower_count == 16


def test_following_and_blocking_each_other_at_once_leaves_no_follow_beside_a_block() -> None:
    one, other = UserFactory.create(), UserFactory.create()
    refused = (relations.CannotFollow, relations.BlockedByYou)

    def act(number: int) -> None:
        first, second = (one, other) if number % 2 else (other, one)
        if number < 4:
            relations.block(blocker=first, blocked=second)
        elif number < 8:
            relations.unfollow(follower=first, followed=second)
        else:
            relations.follow(follower=first, followed=second)

    for _ in range(5):
        answers = at_once(act, 16)
        assert [answer for answer in answers if answer is not None and not isinstance(answer, refused)] == []
        assert Block.objects.count() == 2
        assert not Follow.objects.exists()
        assert counts_hold()
        Block.objects.all().delete()


def test_counting_anew_while_people_follow_ends_right() -> None:
    author, readers = UserFactory.create(), UserFactory.create_batch(12)
    User.objects.filter(pk=author.pk).update(follower_count=99)

    def act(number: int) -> None:
        if number % 3 == 0:
            relations.recount_followers()
        else:
            relations.follow(follower=readers[number], followed=author)

    assert at_once(act, 12) == [None] * 12
    relations.recount_followers()
    assert counts_hold()
