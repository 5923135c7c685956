"""Series: posts in an order, who sees them, and what is told of them."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.posts.models import Post, Series
from apps.posts.services import series as services
from apps.posts.services import update_post
from apps.posts.services.series import delete_series, save_series
from apps.posts.tests.factories import make_post
from conftest import ApiFor, Cast

pytestmark = pytest.mark.django_db
POSTS, SERIES = "/api/v1/posts", "/api/v1/series"


def order(client: Any) -> list[str]:
    rows = client.get(POSTS, {"series": "the-long-walk", "order": "series"}).json()["results"]
    assert [row["series"]["position"] for row in rows] == list(range(1, len(rows) + 1))
    return [row["title"] for row in rows]


def part(author: User, title: str, state: str = "published", **changes: Any) -> Post:
    return make_post(author, state, title=title, series="The long walk", **changes)


def test_unknown_series_is_made_and_parts_join_at_the_end(author: User, api: ApiFor) -> None:
    client = api(author)
    first = client.post(POSTS, {"title": "One", "series": " The  long walk "}, format="json").json()
    second = client.post(POSTS, {"title": "Two", "series": "the-long-walk"}, format="json").json()
    assert first["series"] == {"slug": "the-long-walk", "title": "The long walk", "position": 1, "count": 1}
    assert Series.objects.count() == 1
    assert list(Post.objects.order_by("id").values_list("series_position", flat=True)) == [1, 2]
    assert second["series"]["position"] == 1, "the first is a draft: readers will meet this one first"


def test_part_goes_to_the_place_that_is_asked_for(author: User, api: ApiFor) -> None:
    client = api(author)
    for title in ("One", "Three"):
        part(author, title)
    part(author, "Two", series_position=2)
    assert order(client) == ["One", "Two", "Three"]
    three = Post.objects.get(title="Three")
    answer = client.patch(
        f"{POSTS}/{three.slug}", {"series_position": 1}, format="json", headers={"If-Match": f'"{three.version}"'}
    )
    assert answer.status_code == 200, answer.content
    assert order(client) == ["Three", "One", "Two"]


@pytest.mark.parametrize("nothing", [None, ""])
def test_null_takes_a_post_out(nothing: str | None, author: User, api: ApiFor) -> None:
    post = part(author, "One")
    answer = api(author).patch(
        f"{POSTS}/{post.slug}", {"series": nothing}, format="json", headers={"If-Match": f'"{post.version}"'}
    )
    assert answer.json()["series"] is None


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"series": "…"}, "/series"),
        ({"series": "x" * 121}, "/series"),
        ({"series": 7.5}, None),
        ({"series": ["a"]}, "/series"),
        ({"series_position": 1}, "/series_position"),
        ({"series": "Walk", "series_position": 0}, "/series_position"),
        ({"series": "Walk", "series_position": 10**12}, "/series_position"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(body: Any, pointer: str | None, author: User, api: ApiFor) -> None:
    answer = api(author).post(POSTS, {"title": "One", **body}, format="json")
    if pointer is None:
        assert answer.status_code in {201, 400}
    else:
        assert answer.status_code in {400, 422}
        assert [row["pointer"] for row in answer.json()["errors"]] == [pointer]


def test_a_series_has_an_end(author: User, monkeypatch: pytest.MonkeyPatch, api: ApiFor) -> None:
    monkeypatch.setattr(services, "MAX_PARTS", 2)
    part(author, "One")
    part(author, "Two")
    answer = api(author).post(POSTS, {"title": "Three", "series": "the-long-walk"}, format="json")
    assert answer.json()["errors"][0]["pointer"] == "/series"


def test_readers_count_the_parts_that_they_see(author: User, api: ApiFor) -> None:
    for title, state in (("One", "published"), ("Two", "draft"), ("Three", "due"), ("Four", "scheduled")):
        part(author, title, state)
    assert order(api()) == ["One", "Three"]
    assert api().get(f"{SERIES}/the-long-walk").json()["post_count"] == 2
    assert api(author).get(f"{POSTS}/two").json()["series"] == {
        "slug": "the-long-walk",
        "title": "The long walk",
        "position": 2,
        "count": 3,
    }


def test_series_of_drafts_alone_is_nobodys_business(author: User, outsider: User, reader: User, api: ApiFor) -> None:
    part(author, "One", "draft")
    save_series(title="Empty")
    for user, seen in ((None, []), (reader, []), (outsider, ["empty", "the-long-walk"])):
        assert [row["slug"] for row in api(user).get(SERIES).json()["results"]] == seen
    assert api(reader).get(f"{SERIES}/the-long-walk").status_code == 404
    assert api().get(POSTS, {"series": "the-long-walk"}).json()["results"] == []
    assert api().get(POSTS, {"series": "unknown"}).json()["results"] == []


def test_order_of_a_series_needs_one(api: ApiFor) -> None:
    assert api().get(POSTS, {"order": "series"}).status_code == 400


def test_history_keeps_the_series(author: User, api: ApiFor) -> None:
    post = part(author, "One", "draft")
    update_post(post=post, changes={"series": None})
    client = api(author)
    rows = client.get(f"{POSTS}/{post.slug}/revisions").json()["results"]
    assert client.get(f"{POSTS}/{post.slug}/revisions/{rows[-1]['number']}").json()["series"] == "The long walk"
    version = Post.objects.get().version
    client.post(
        f"{POSTS}/{post.slug}/revisions/{rows[-1]['number']}/restore",
        {},
        format="json",
        headers={"If-Match": f'"{version}"'},
    )
    assert client.get(f"{POSTS}/{post.slug}").json()["series"]["slug"] == "the-long-walk"


def test_working_copy_carries_the_series_to_readers(author: User, api: ApiFor) -> None:
    post = make_post(author)
    client, url = api(author), f"{POSTS}/{post.slug}/working-copy"
    made = client.put(url, {"series": "The long walk"}, format="json", headers={"If-None-Match": "*"})
    assert made.json()["series"] == "The long walk", made.content
    assert client.put(url, {"series": "…"}, format="json", headers={"If-Match": '"1"'}).status_code in {400, 422}
    assert client.put(url, {"series_position": 1}, format="json", headers={"If-Match": '"1"'}).status_code == 400
    assert not Series.objects.exists(), "nothing is made before it is published"
    assert client.post(f"{url}/publish", {}, format="json", headers={"If-Match": '"1"'}).status_code == 200
    assert api().get(f"{POSTS}/{post.slug}").json()["series"]["position"] == 1


def test_deleted_series_leaves_its_parts(author: User, api: ApiFor) -> None:
    post = part(author, "One")
    delete_series(Series.objects.get())
    assert api().get(f"{POSTS}/{post.slug}").json()["series"] is None


def test_order_of_parts_is_set_as_a_whole(author: User, api: ApiFor) -> None:
    one, two, three = (part(author, title) for title in ("One", "Two", "Three"))
    save_series(series=Series.objects.get(), parts=[three, one])
    assert order(api()) == ["Three", "One", "Two"]
    assert two.version == Post.objects.get(pk=two.pk).version


def test_lists_ask_twice_however_many_parts(author: User, api: ApiFor, django_assert_max_num_queries: Any) -> None:
    client = api()
    make_post(author, title="Alone")
    client.get(POSTS)
    with django_assert_max_num_queries(1):
        client.get(POSTS)
    for number in range(6):
        make_post(author, title=f"Part {number}", series=f"Series {number % 3}")
    cache.clear()
    client.get(POSTS)
    with django_assert_max_num_queries(3):
        assert len(client.get(POSTS).json()["results"]) == 7
    with django_assert_max_num_queries(2):
        assert len(client.get(SERIES).json()["results"]) == 3


@pytest.mark.parametrize("who", ["anonymous", "author"])
def test_a_page_is_read_from_an_index_and_not_sorted(who: str, cast: Cast, api: ApiFor) -> None:
    for number in range(5):
        make_post(cast.author, title=f"Part {number}", series=f"Series {number}")
    client = api(None if who == "anonymous" else cast.author)
    address = f"{SERIES}?limit=2"
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            address = client.get(address).json()["next"]
        (listed,) = [query["sql"] for query in asked if 'ORDER BY "posts_series"."title"' in query["sql"]]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # Of a handful of rows it would rather sort all.
                cursor.execute("SET LOCAL enable_sort = off")
                cursor.execute(f"EXPLAIN {listed}")
            else:
                cursor.execute(f"EXPLAIN QUERY PLAN {listed}")
            plan = " ".join(str(row[-1]) for row in cursor.fetchall())
        assert "series_by_title" in plan
        assert "Sort" not in plan
        assert "TEMP B-TREE" not in plan
