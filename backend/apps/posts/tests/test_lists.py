"""Lists of posts: who sees what, filters, orders, pages, shapes, and how many queries they take."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from apps.accounts.models import User
from apps.posts.models import Post
from apps.posts.services import update_post
from apps.posts.tests.factories import STATES, make_post
from apps.tags.services import create_category
from conftest import ApiFor, Cast

pytestmark = pytest.mark.django_db
POSTS = "/api/v1/posts"


def slugs(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [row["slug"] for row in response.json()["results"]]


@pytest.fixture
def one_of_each(author: User) -> None:
    for state in STATES:
        make_post(author, state, title=state, tags=["maps"], category=create_category(name=state), slug=f"the-{state}")


@pytest.mark.usefixtures("one_of_each")
@pytest.mark.parametrize("query", [{}, {"tag": "maps"}, {"author": "AUTHOR"}, {"status": "published"}])
def test_everybody_sees_what_is_public_and_nothing_else(query: dict[str, str], cast: Cast, api: ApiFor) -> None:
    for role, user in cast.items():
        if role != "deactivated":
            assert set(slugs(api(user).get(POSTS, query))) == {"the-published", "the-due"}, role


@pytest.mark.usefixtures("one_of_each")
@pytest.mark.parametrize("state", ["draft", "scheduled", "archived"])
def test_other_states_are_listed_for_their_author_and_editors(state: str, cast: Cast, api: ApiFor) -> None:
    seeing = {"author", "editor", "admin"}
    for role, user in cast.items():
        response = api(user).get(POSTS, {"status": state})
        if role in {"anonymous", "deactivated"}:
            assert response.status_code == 401, role
        else:
            assert slugs(response) == ([f"the-{state}"] if role in seeing else []), role


@pytest.mark.usefixtures("one_of_each")
def test_mine_are_the_callers_own_in_every_state(author: User, editor: User, api: ApiFor) -> None:
    assert len(slugs(api(author).get(POSTS, {"mine": "true"}))) == len(STATES)
    assert slugs(api(editor).get(POSTS, {"mine": "true"})) == []


@pytest.mark.usefixtures("one_of_each")
def test_counts_and_taxonomies_tell_nothing_of_drafts(api: ApiFor) -> None:
    client = api()
    assert client.get("/api/v1/tags/maps").json()["post_count"] == 2
    counts = {row["slug"]: row["post_count"] for row in client.get("/api/v1/categories").json()["results"]}
    assert counts == {"draft": 0, "scheduled": 0, "due": 1, "published": 1, "archived": 0}
    assert sum(row["post_count"] for row in client.get("/api/v1/archive").json()["results"]) == 2
    assert client.get("/api/v1/users/author").json()["post_count"] == 2


def test_category_list_holds_what_is_below(author: User, api: ApiFor) -> None:
    root = create_category(name="Root")
    make_post(author, title="Deep", category=create_category(name="Leaf", parent=root))
    make_post(author, title="Elsewhere", category=create_category(name="Other"))
    assert slugs(api().get(POSTS, {"category": "root"})) == ["deep"]


def test_period_and_featured_narrow_the_list(author: User, api: ApiFor) -> None:
    with time_machine.travel(datetime(2025, 2, 3, tzinfo=UTC)):
        make_post(author, title="Old", featured=True)
    make_post(author, title="New")
    client = api()
    assert slugs(client.get(POSTS, {"year": 2025})) == ["old"]
    assert slugs(client.get(POSTS, {"year": 2025, "month": 3})) == []
    assert slugs(client.get(POSTS, {"featured": "false"})) == ["new"]
    assert slugs(client.get(POSTS, {"order": "oldest"})) == ["old", "new"]


def test_most_discussed_comes_first(author: User, api: ApiFor) -> None:
    make_post(author, title="Quiet")
    Post.objects.filter(pk=make_post(author, title="Loud").pk).update(comment_count=5)
    make_post(author, title="Silent")
    assert slugs(api().get(POSTS, {"order": "most-discussed"})) == ["loud", "silent", "quiet"]


@pytest.mark.parametrize("query", [{}, {"tag": "maps"}, {"order": "oldest"}, {"order": "oldest", "tag": "maps"}])
def test_every_post_comes_once_while_others_are_being_published(
    query: dict[str, str], author: User, api: ApiFor
) -> None:
    for number in range(7):
        make_post(author, title=f"Post {number}", tags=["maps"])
    client, seen = api(), []
    response = client.get(POSTS, {**query, "limit": "2"})
    while True:
        seen += slugs(response)
        if not (following := response.json()["next"]) or len(seen) > 20:
            break
        assert f'<{following}>; rel="next"' in response.headers["Link"]
        if "order" not in query:
            make_post(author, title="Breaking news", tags=["maps"])
        response = client.get(following)
    expected = [f"post-{number}" for number in range(7)]
    assert seen == (expected if "order" in query else expected[::-1])


def test_previous_leads_back_to_the_first_page(author: User, api: ApiFor) -> None:
    for number in range(5):
        make_post(author, title=f"Post {number}")
    client = api()
    first = client.get(POSTS, {"limit": 2})
    second = client.get(first.json()["next"])
    assert first.json()["previous"] is None
    back = client.get(second.json()["previous"])
    assert slugs(back) == slugs(first)
    assert 'rel="prev"' in second.headers["Link"]


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%00",
        "WzFd",
        "bnVsbA",
        "W10",
        "WyJuZXdlc3QiLDAsbnVsbCwxXQ",
        "WyJuZXdlc3QiLDAsIjIwMjYtMDEtMDEiLHt9XQ",
        "WyJuZXdlc3QiLDAsIjIwMjYtMDEtMDFUMDA6MDA6MDBaIiw5OTk5OTk5OTk5OTk5OTk5OTk5OV0",
        "WyJvbGRlc3QiLDAsIjIwMjYtMDEtMDFUMDA6MDA6MDBaIiwxXQ",
        "=" * 399,
        "é",
    ],
)
def test_foreign_cursor_is_refused_by_name(cursor: str, api: ApiFor) -> None:
    response = api().get(POSTS, {"cursor": cursor})
    assert response.status_code == 400, response.content
    assert response.json()["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "many"),
        ("order", "random"),
        ("status", "secret"),
        ("month", "5"),
        ("year", "0"),
        ("featured", "maybe"),
        ("fields", "password"),
        ("include", "author.email"),
        ("colour", "red"),
    ],
)
def test_bad_parameter_is_refused_by_name(parameter: str, value: str, api: ApiFor) -> None:
    response = api().get(POSTS, {parameter: value})
    assert response.status_code == 400
    assert [row["parameter"] for row in response.json()["errors"]] == [parameter]


def test_bodies_come_only_when_asked_for(author: User, api: ApiFor) -> None:
    make_post(author)
    client = api()
    assert not {"body", "body_html", "description", "permissions"} & set(client.get(POSTS).json()["results"][0])
    asked = client.get(POSTS, {"include": "body_html,permissions", "fields": "slug"}).json()["results"][0]
    assert set(asked) == {"slug", "body_html", "permissions"}


QUERIES = [
    ({}, 1),
    ({"tag": "maps"}, 2),
    ({"category": "places"}, 3),
    ({"author": "author"}, 2),
    ({"order": "most-discussed"}, 1),
    ({"year": "2026"}, 1),
    ({"include": "body,body_html,permissions"}, 1),
]


@pytest.mark.parametrize(("query", "number"), QUERIES)
@pytest.mark.parametrize("rows", [1, 12])
def test_number_of_queries_does_not_grow_with_rows(
    query: dict[str, str], number: int, rows: int, author: User, api: ApiFor, django_assert_num_queries: Any
) -> None:
    places = create_category(name="Places")
    with time_machine.travel(datetime(2026, 5, 1, tzinfo=UTC), tick=False):
        for index in range(rows):
            make_post(author, tags=["maps", f"tag {index}"], category=places)
    client = api()
    with django_assert_num_queries(number):
        assert len(slugs(client.get(POSTS, query))) == rows


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("posts/a-post", 1),
        ("posts/a-post/comments", 2),
        ("tags", 2),
        ("tags/maps", 2),
        ("categories", 2),
        ("categories/places", 2),
        ("archive", 2),
        ("pages", 1),
        ("site", 0),
        ("users", 2),
        ("users/author", 2),
    ],
)
def test_number_of_queries_of_other_reads(
    path: str, number: int, author: User, api: ApiFor, django_assert_num_queries: Any
) -> None:
    make_post(author, tags=["maps"], category=create_category(name="Places"))
    client = api()
    client.get("/api/v1/site")
    with django_assert_num_queries(number):
        assert client.get(f"/api/v1/{path}").status_code == 200
    cache.clear()


def test_archived_post_keeps_its_author_from_nothing(author: User, api: ApiFor) -> None:
    post = make_post(author, "archived")
    assert api(author).get(f"{POSTS}/{post.slug}").json()["status"] == "archived"


def test_old_slug_leads_to_the_new_one_with_its_query(author: User, api: ApiFor) -> None:
    post = make_post(author, title="Salt")
    update_post(post=update_post(post=post, changes={"slug": "brine"}), changes={"slug": "sea-salt"})
    for old in ("salt", "brine"):
        response = api().get(f"{POSTS}/{old}?include=permissions")
        assert (response.status_code, response.headers["Location"]) == (308, f"{POSTS}/sea-salt?include=permissions")
    assert api().get(f"{POSTS}/salt/comments").headers["Location"] == f"{POSTS}/sea-salt/comments"


def test_old_slug_of_a_hidden_post_is_a_404(author: User, outsider: User, api: ApiFor) -> None:
    post = make_post(author, "draft", title="Salt")
    update_post(post=post, changes={"slug": "sea-salt"})
    assert api(outsider).get(f"{POSTS}/salt").status_code == 404
    assert api(author).get(f"{POSTS}/salt").status_code == 308


def test_unicode_slug_is_reached_percent_encoded(author: User, api: ApiFor) -> None:
    make_post(author, title="Ελλάδα")
    response = api().get(f"{POSTS}/%CE%B5%CE%BB%CE%BB%CE%AC%CE%B4%CE%B1")
    assert response.json()["slug"] == "ελλάδα"


def test_scheduled_post_appears_by_itself(author: User, api: ApiFor) -> None:
    make_post(author, "scheduled", title="Later")
    assert slugs(api().get(POSTS)) == []
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        response = api().get(f"{POSTS}/later")
        assert (response.status_code, response.json()["status"]) == (200, "published")
