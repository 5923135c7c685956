"""GET /users and /users/{username}."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.common.serializers import declared_names
from apps.posts.models import Post
from apps.profiles.serializers import UserSerializer

pytestmark = pytest.mark.django_db

USERS = "/api/v1/users"


def due_post(author: User, **values: Any) -> Post:
    values = {
        "title": "Due",
        "slug": f"due-{Post.objects.count()}",
        "status": "scheduled",
        "published_at": timezone.now() - timedelta(minutes=1),
        **values,
    }
    return Post.objects.create(author=author, **values)


def names(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [row["username"] for row in response.json()["results"]]


def test_only_active_authors_with_posts_are_listed(api: Any) -> None:
    UserFactory.create(username="silent")
    UserFactory.create(username="gone", post_count=9, is_active=False)
    UserFactory.create(username="busy", post_count=5)
    UserFactory.create(username="calm", post_count=1)

    assert names(api().get(USERS)) == ["busy", "calm"]
    assert names(api().get(USERS, {"order": "newest"})) == ["calm", "busy"]


def test_pages_follow_one_another_without_gap_or_repeat(api: Any) -> None:
    for number in range(7):
        UserFactory.create(username=f"writer{number}", post_count=number // 2 + 1)
    client = api()
    seen, path = [], f"{USERS}?limit=3"
    while path:
        response = client.get(path)
        seen += names(response)
        path = response.json()["next"]

    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize("query", [{"sort": "x"}, {"order": "x"}, {"limit": "101"}, {"limit": "0"}, {"cursor": "x"}])
def test_unknown_or_bad_parameters_are_named(api: Any, query: dict[str, str]) -> None:
    response = api().get(USERS, query)

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == next(iter(query))


def test_counts_hold_posts_that_are_due_but_not_settled(api: Any, author: User, outsider: User) -> None:
    User.objects.filter(pk=outsider.pk).update(post_count=2)
    due_post(author)
    due_post(outsider)
    due_post(author, published_at=timezone.now() + timedelta(days=1))

    results = {row["username"]: row["post_count"] for row in api().get(USERS).json()["results"]}

    assert results == {"outsider": 3, "author": 1}
    assert api().get(f"{USERS}/author").json()["post_count"] == 1


def test_number_of_queries_does_not_grow_with_the_rows(api: Any, django_assert_num_queries: Any) -> None:
    client = api()
    for size in (1, 12):
        for _ in range(size):
            writer = UserFactory.create(post_count=1)
            due_post(writer)
        with django_assert_num_queries(2):
            client.get(USERS)
        with django_assert_num_queries(2):
            client.get(f"{USERS}/{writer.username}")


def test_profile_is_found_in_any_case_and_shows_nothing_private(api: Any) -> None:
    UserFactory.create(username="Mina", email="secret@example.org", display_name="")

    response = api().get(f"{USERS}/mINA")

    assert response.json()["username"] == response.json()["display_name"] == "Mina"
    assert response.json()["url"].endswith("/authors/Mina")
    assert list(response.json()) == [name for name in declared_names(UserSerializer) if name != "relation"]
    assert "secret" not in response.content.decode()
    assert api().get(f"{USERS}/mina", HTTP_IF_NONE_MATCH=response.headers["ETag"]).status_code == 304


@pytest.mark.parametrize("name", ["nobody", "deactivated", "%00", "a%0A", "%C3%A9", "x" * 300])
def test_no_profile_is_a_404_problem(api: Any, deactivated: User, name: str) -> None:
    response = api().get(f"{USERS}/{name}")

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
