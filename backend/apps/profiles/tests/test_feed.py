"""GET /me/feed."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from apps.accounts.models import Follow, User
from apps.accounts.relations import block, follow, unfollow
from apps.accounts.tests.factories import UserFactory
from apps.common.pagination import paginate
from apps.posts.models import Post
from apps.posts.tests.factories import STATES, make_post
from apps.profiles.feed import NEWEST, feed_page

pytestmark = pytest.mark.django_db

FEED = "/api/v1/me/feed"


def titles(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [row["title"] for row in response.json()["results"]]


def write(author: User, number: int, *, minutes_ago: int) -> Post:
    return Post.objects.create(
        author=author,
        title=f"{author.username} {number}",
        slug=f"{author.username}-{number}",
        status="published",
        published_at=timezone.now() - timedelta(minutes=minutes_ago),
        tag_names=[],
    )


def test_feed_holds_what_the_followed_publish_and_nothing_else(api: Any, reader: User, author: User) -> None:
    stranger = UserFactory.create(username="stranger", roles=["author"])
    follow(follower=reader, followed=author)
    for state in STATES:
        make_post(author, state, title=f"followed, {state}")
        make_post(stranger, state, title=f"strange, {state}")

    assert sorted(titles(api(reader).get(FEED))) == ["followed, due", "followed, published"]
    assert titles(api(author).get(FEED)) == []


def test_feed_of_an_editor_shows_no_drafts_of_the_followed(api: Any, editor: User, author: User) -> None:
    follow(follower=editor, followed=author)
    make_post(author, "draft")
    make_post(author, "scheduled")

    assert titles(api(editor).get(FEED)) == []


def test_unfollowed_and_blocked_people_leave_the_feed_at_once(api: Any, reader: User, author: User) -> None:
    other = UserFactory.create(username="other", roles=["author"])
    for person in (author, other):
        follow(follower=reader, followed=person)
        make_post(person, title=f"by {person.username}")
    client = api(reader)
    assert len(titles(client.get(FEED))) == 2

    block(blocker=reader, blocked=author)
    assert titles(client.get(FEED)) == ["by other"]
    unfollow(follower=reader, followed=other)
    assert titles(client.get(FEED)) == []


def test_nobody_has_no_feed(api: Any) -> None:
    assert api().get(FEED).status_code == 401


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_pages_are_those_of_one_query_over_all_posts_both_ways(api: Any, reader: User, limit: int) -> None:
    """Authors who write much and little, at the same moments too, and one whom nobody follows."""
    authors = [UserFactory.create(username=f"writer{number}") for number in range(6)]
    for place, person in enumerate(authors):
        for number in range(1 + place * 2):
            write(person, number, minutes_ago=1 + (number * 7 + place) % 11)
        if place:
            Follow.objects.create(follower=reader, followed=person)
    followed = Post.objects.live().filter(author__in=authors[1:])
    expected = [post.title for post in paginate(followed, NEWEST, cursor=None, limit=100).rows]

    client, path = api(reader), f"{FEED}?limit={limit}"
    seen: list[str] = []
    back: list[str] = []
    while path:
        answer = client.get(path).json()
        seen += [row["title"] for row in answer["results"]]
        last, path = path, answer["next"]
    while last:
        answer = client.get(last).json()
        back = [*[row["title"] for row in answer["results"]], *back]
        last = answer["previous"]

    assert seen == back == expected
    assert len(expected) == 3 + 5 + 7 + 9 + 11


def test_posts_that_appear_do_not_shift_the_next_page(api: Any, reader: User, author: User) -> None:
    follow(follower=reader, followed=author)
    for number in range(4):
        write(author, number, minutes_ago=10 + number)
    client = api(reader)
    first = client.get(f"{FEED}?limit=2").json()
    write(author, 9, minutes_ago=1)

    assert titles(client.get(first["next"])) == ["author 2", "author 3"]


def test_rows_have_the_shape_of_the_list_of_posts_and_can_be_narrowed(api: Any, reader: User, author: User) -> None:
    follow(follower=reader, followed=author)
    make_post(author, tags=["maps"])
    client = api(reader)

    assert client.get(FEED).json()["results"] == client.get("/api/v1/posts").json()["results"]
    row = client.get(f"{FEED}?fields=slug&include=body_html").json()["results"][0]
    assert list(row) == ["slug", "body_html"]


@pytest.mark.parametrize("query", ["tag=maps", "order=oldest", "limit=0", "cursor=abc", "include=secrets"])
def test_unknown_or_bad_parameters_are_named(api: Any, reader: User, query: str) -> None:
    response = api(reader).get(f"{FEED}?{query}")

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == query.partition("=")[0]


def test_cursor_of_another_list_is_refused(api: Any, reader: User, author: User) -> None:
    for number in range(3):
        make_post(author, title=f"post {number}")
    client = api(reader)
    query = urlsplit(client.get("/api/v1/posts?limit=1").json()["next"]).query

    assert client.get(f"{FEED}?{query}").status_code == 400


def test_number_of_queries_does_not_grow(api: Any, reader: User, django_assert_num_queries: Any) -> None:
    client = api(reader)
    for size in (2, 15):
        for _ in range(size):
            author = UserFactory.create()
            follow(follower=reader, followed=author)
            for number in range(size):
                write(author, number, minutes_ago=number)
        with django_assert_num_queries(4):  # the session and its owner; the authors, their posts, the rows
            assert len(titles(client.get(FEED, {"limit": 2}))) == 2
    with django_assert_num_queries(3):
        feed_page(reader, cursor=None, limit=100)
