"""Which revisions stay: all of a day, one an hour for a week, one a day after."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.posts.models import Post, Revision
from apps.posts.services.thinning import DAILY, HOURLY, plan_thinning, thin_histories
from apps.posts.tests.factories import make_post

NOW = datetime(2026, 3, 14, 12, 30, tzinfo=UTC)
Kind = Revision.Kind


def revision(number: int, age: timedelta, **values: object) -> Revision:
    return Revision(pk=100 + number, number=number, created_at=NOW - age, post_version=number, **values)


def left(rows: list[Revision], now: datetime = NOW) -> list[int]:
    """Numbers of the revisions that stay; those that do note how far they were thinned."""
    plan = plan_thinning(rows, now)
    for row in rows:
        row.thinned = DAILY if row.pk in plan.daily else HOURLY if row.pk in plan.hourly else row.thinned
    return [row.number for row in rows if row.pk not in plan.gone]


def every(minutes: int, oldest: timedelta) -> Iterator[timedelta]:
    age = oldest
    while age > timedelta():
        yield age
        age -= timedelta(minutes=minutes)


def test_everything_of_the_last_day_stays() -> None:
    ages = list(every(7, timedelta(hours=24)))
    assert len(left([revision(n, age) for n, age in enumerate(ages, 1)])) == len(ages)


def test_of_each_hour_of_the_week_the_last_one_stays() -> None:
    rows = [revision(n, age) for n, age in enumerate(every(10, timedelta(days=3)), 1)]
    kept = [row for row in rows if row.number in left(rows)]
    older = [row.created_at for row in kept if NOW - row.created_at > timedelta(hours=25)]
    assert older[0] == rows[0].created_at  # the first of all
    assert {moment.minute for moment in older[1:]} == {50}
    assert len({moment.replace(minute=0) for moment in older[1:]}) == len(older) - 1 == 47


def test_after_a_week_one_a_day_stays() -> None:
    rows = [revision(n, age) for n, age in enumerate(every(60, timedelta(days=30)), 1)]
    old = [row.created_at for row in rows if row.number in left(rows) and row.created_at < NOW - timedelta(days=8)]
    assert [moment.hour for moment in old[1:]] == [23] * (len(old) - 1)
    assert len({moment.date() for moment in old[1:]}) == len(old) - 1 == 22


def test_milestones_and_what_was_brought_back_or_put_aside_stay() -> None:
    age = timedelta(days=20)
    rows = [revision(number, age - timedelta(minutes=number)) for number in range(1, 10)]
    rows[1].name = "Before the cut"
    rows[3].kind = Kind.KEPT
    rows[8].restored_from = 6
    assert left(rows) == [1, 2, 4, 6, 9]


def test_version_that_was_put_aside_does_not_stand_for_its_hour() -> None:
    age = timedelta(days=2)
    rows = [revision(1, age * 2), revision(2, age), revision(3, age, kind=Kind.KEPT), revision(4, timedelta())]
    assert left(rows) == [1, 2, 3, 4]


@given(
    ages=st.lists(st.integers(0, 40 * 24 * 60), min_size=1, max_size=60),
    runs=st.lists(st.integers(0, 20 * 24 * 60), max_size=5),
)
def test_when_the_job_runs_makes_no_difference(ages: list[int], runs: list[int]) -> None:
    def history() -> list[Revision]:
        return [revision(n, timedelta(minutes=age)) for n, age in enumerate(sorted(ages, reverse=True), 1)]

    end = NOW + timedelta(days=21)
    rows = history()
    for minutes in sorted(runs):
        kept = left(rows, NOW + timedelta(minutes=minutes))
        rows = [row for row in rows if row.number in kept]
    assert left(rows, end) == left(history(), end)


@pytest.mark.django_db
def test_job_thins_histories_that_came_of_age_and_leaves_them_alone_after(author: User) -> None:
    posts = [make_post(author, "draft"), make_post(author, "draft")]
    for post in posts:
        Revision.objects.bulk_create(
            Revision(post=post, number=number, post_version=number, body=f"{number}") for number in range(2, 8)
        )
    Revision.objects.filter(post=posts[0]).update(created_at=datetime(2026, 1, 5, 10, tzinfo=UTC))
    assert thin_histories() == 5
    assert thin_histories() == 0
    assert list(posts[0].revisions.values_list("number", "thinned")) == [(7, DAILY), (1, DAILY)]
    assert posts[1].revisions.count() == 7
    assert Post.objects.count() == 2
