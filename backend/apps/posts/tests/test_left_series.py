"""Series that no post is in any more: gone with their last part, but for what an editor made of them."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from apps.accounts.models import User
from apps.common.tests.at_once import run_at_once
from apps.common.tests.recorded import times_recorded
from apps.posts.errors import SeriesGone
from apps.posts.models import Post, Series
from apps.posts.services import create_post, delete_post, restore_post, trash_post, update_post
from apps.posts.services.series import delete_series, save_series
from apps.posts.tests.factories import STATES, make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db
SERIES = "/api/v1/series"

concurrent = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs concurrent connections")


def do_at_once(*steps: Callable[[], Any]) -> None:
    """None of them fails."""
    answers = run_at_once(lambda number: steps[number](), len(steps), caught=(Exception,))
    assert not [answer for answer in answers if isinstance(answer, Exception)]


def part(author: User, title: str = "One", state: str = "published", **changes: Any) -> Post:
    return make_post(author, state, title=title, series="The long walk", **changes)


@pytest.mark.parametrize("to", [None, "", "Another walk"])
def test_a_series_goes_with_its_last_part(to: str | None, author: User, api: ApiFor) -> None:
    one, two = part(author), part(author, "Two")
    update_post(post=one, changes={"series": to})
    assert Series.objects.filter(slug="the-long-walk").exists()
    update_post(post=two, changes={"series": to})
    left = ["another-walk"] if to else []
    for user in (None, author):
        assert [row["slug"] for row in api(user).get(SERIES).json()["results"]] == left
        assert api(user).get(f"{SERIES}/the-long-walk").status_code == 404
    assert Client().get("/series/the-long-walk/feed.atom").status_code == 404
    assert times_recorded("series.deleted") == 1


@pytest.mark.parametrize("state", [*STATES, "trashed"])
def test_a_part_in_any_state_keeps_the_series(state: str, author: User) -> None:
    part(author, "Kept", state)
    update_post(post=part(author), changes={"series": None})
    assert Series.objects.get().parts.get().title == "Kept"


def test_the_series_goes_when_its_last_part_is_deleted_for_good(author: User) -> None:
    post = trash_post(post=part(author))
    assert restore_post(post=post).series_id == Series.objects.get().pk
    delete_post(post=trash_post(post=post))
    assert not Series.objects.exists()


def test_what_changes_nothing_leaves_the_series(author: User) -> None:
    post = part(author)
    before = Series.objects.get().pk
    for changes in ({"series": "The long walk"}, {"series": "the-long-walk"}, {"series_position": 3}, {"title": "Two"}):
        post = update_post(post=post, changes=changes)  # type: ignore[arg-type]
    assert Series.objects.get().pk == post.series_id == before


def test_a_version_brings_the_series_back_as_it_was(author: User, api: ApiFor) -> None:
    post = part(author, state="draft")
    path, client = f"/api/v1/posts/{post.slug}", api(author)
    post = update_post(post=post, changes={"series": None})
    assert not Series.objects.exists()
    first = client.get(f"{path}/revisions").json()["results"][-1]["number"]
    restored = client.post(f"{path}/revisions/{first}/restore", {}, headers={"If-Match": f'"{post.version}"'})
    assert restored.json()["series"] == {"slug": "the-long-walk", "title": "The long walk", "position": 1, "count": 1}


def test_a_working_copy_brings_the_series_back_as_it_was(author: User, api: ApiFor) -> None:
    one, two = part(author), make_post(author, title="Two")
    path, client = f"/api/v1/posts/{two.slug}/working-copy", api(author)
    client.put(path, {"series": "The long walk"}, headers={"If-None-Match": "*"})
    update_post(post=one, changes={"series": None})
    assert not Series.objects.exists()
    assert client.post(f"{path}/publish", {}, headers={"If-Match": '"1"'}).status_code == 200
    assert Series.objects.get().title == "The long walk"


@pytest.mark.parametrize("changes", [{"description": "By foot."}, {"title": "A longer walk"}])
def test_what_an_editor_wrote_is_not_lost_with_the_last_part(changes: dict[str, Any], author: User) -> None:
    """A version that is restored would bring back neither."""
    post = part(author)
    save_series(series=Series.objects.get(), **changes)
    update_post(post=post, changes={"series": None})
    assert Series.objects.get().slug == "the-long-walk"


def test_what_is_done_with_a_series_that_has_gone_is_refused(author: User) -> None:
    post = part(author)
    series = Series.objects.get()
    update_post(post=post, changes={"series": None})
    with pytest.raises(SeriesGone):
        save_series(series=series, title="A longer walk")
    with pytest.raises(SeriesGone):
        delete_series(series)


@concurrent
@pytest.mark.django_db(transaction=True)
def test_parts_that_leave_at_once_leave_no_series_behind(author: User) -> None:
    for _ in range(5):
        *leaving, deleted = [part(author, f"Part {number}") for number in range(4)]
        do_at_once(
            *(partial(update_post, post=post, changes={"series": None}) for post in leaving),
            partial(delete_post, post=deleted),
        )
        assert not Series.objects.exists()


@concurrent
@pytest.mark.django_db(transaction=True)
def test_a_part_that_comes_while_the_last_one_leaves_is_in_the_series(author: User) -> None:
    for number in range(8):
        leaving, coming = part(author, f"Leaving {number}"), make_post(author, title=f"Coming {number}")
        do_at_once(
            partial(update_post, post=leaving, changes={"series": None}),
            partial(update_post, post=coming, changes={"series": "The long walk"}),
            partial(create_post, author=author, changes={"title": f"New {number}", "series": "The long walk"}),
        )
        series = Series.objects.get()
        assert sorted(series.parts.values_list("title", flat=True)) == [f"Coming {number}", f"New {number}"]
        delete_series(series)


@concurrent
@pytest.mark.django_db(transaction=True)
def test_parts_that_change_places_do_not_wait_for_each_other(author: User) -> None:
    names = ["The long walk", "The long ride"]
    walk, ride = (make_post(author, title=name, series=name) for name in names)
    for _ in range(8):
        names.reverse()
        do_at_once(
            partial(update_post, post=walk, changes={"series": names[0]}),
            partial(update_post, post=ride, changes={"series": names[1]}),
        )
        assert list(Post.objects.order_by("pk").values_list("series__title", flat=True)) == names
        assert Series.objects.count() == 2


@concurrent
@pytest.mark.django_db(transaction=True)
def test_a_part_may_come_while_the_series_is_deleted(author: User) -> None:
    for number in range(8):
        part(author, f"Left {number}")
        coming, series = make_post(author, title=f"Coming {number}"), Series.objects.get()
        do_at_once(
            partial(delete_series, series), partial(update_post, post=coming, changes={"series": "The long walk"})
        )
        for post in Post.objects.filter(series__isnull=False):
            update_post(post=post, changes={"series": None})
