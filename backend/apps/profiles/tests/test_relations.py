"""Following and blocking over HTTP."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from apps.accounts.models import Block, Follow, User
from apps.accounts.relations import MAX_RELATIONS, block, follow, recount_followers
from apps.accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def path(user: User, verb: str = "follow") -> str:
    return f"/api/v1/users/{user.username}/{verb}"


def followers(user: User) -> int:
    return int(User.objects.get(pk=user.pk).follower_count)


def test_following_and_unfollowing_count_once_each(api: Any, reader: User, author: User) -> None:
    client = api(reader)
    for _ in range(2):
        assert client.put(path(author)).status_code == 204
        assert followers(author) == 1
    for _ in range(2):
        assert client.delete(path(author)).status_code == 204
        assert followers(author) == 0


def test_name_is_found_in_any_case(api: Any, reader: User) -> None:
    UserFactory.create(username="Mina")

    assert api(reader).put("/api/v1/users/mINA/follow").status_code == 204


@pytest.mark.parametrize("verb", ["follow", "block"])
def test_nobody_does_it_with_themselves(api: Any, reader: User, verb: str) -> None:
    response = api(reader).put(path(reader, verb))

    assert response.status_code == 422
    assert response.json()["code"] == "not_with_oneself"


@pytest.mark.parametrize("verb", ["follow", "block"])
@pytest.mark.parametrize("name", ["nobody", "deactivated", "a%20b"])
def test_unknown_and_deactivated_people_are_not_there(
    api: Any, reader: User, deactivated: User, verb: str, name: str
) -> None:
    for method in ("put", "delete"):
        assert getattr(api(reader), method)(f"/api/v1/users/{name}/{verb}").status_code == 404


def test_block_ends_follows_both_ways_and_lowers_the_counters(api: Any, reader: User, author: User) -> None:
    follow(follower=reader, followed=author)
    follow(follower=author, followed=reader)
    bystander = UserFactory.create()
    follow(follower=bystander, followed=author)

    assert api(author).put(path(reader, "block")).status_code == 204

    assert (followers(author), followers(reader)) == (1, 0)
    assert list(Follow.objects.values_list("follower_id", "followed_id")) == [(bystander.pk, author.pk)]


def test_who_is_blocked_cannot_follow_and_is_told_no_more_than_that(api: Any, reader: User, author: User) -> None:
    block(blocker=author, blocked=reader)

    response = api(reader).put(path(author))

    assert response.status_code == 403
    assert response.json()["code"] == "cannot_follow"
    assert "block" not in response.content.decode().lower()
    assert followers(author) == 0


def test_whom_one_has_blocked_one_unblocks_before_following(api: Any, reader: User, author: User) -> None:
    client = api(reader)
    client.put(path(author, "block"))

    refused = client.put(path(author))
    assert (refused.status_code, refused.json()["code"]) == (422, "blocked_by_you")
    assert client.delete(path(author, "block")).status_code == 204
    assert client.put(path(author)).status_code == 204
    assert not Block.objects.exists()


def test_there_is_an_end_to_following(api: Any, reader: User, author: User, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_RELATIONS >= 1000
    monkeypatch.setattr("apps.accounts.relations.MAX_RELATIONS", 1)
    client = api(reader)
    client.put(path(UserFactory.create()))

    assert client.put(path(author)).status_code == 422
    assert followers(author) == 0


def test_profile_tells_the_caller_how_they_stand(api: Any, reader: User, author: User) -> None:
    client = api(reader)
    profile = f"/api/v1/users/{author.username}"
    assert "relation" not in client.get(profile).json()
    for put, delete, expected in (
        ("follow", None, {"following": True, "blocked": False}),
        ("block", None, {"following": False, "blocked": True}),
        (None, "block", {"following": False, "blocked": False}),
    ):
        if put:
            client.put(path(author, put))
        if delete:
            client.delete(path(author, delete))
        assert client.get(profile, {"include": "relation"}).json()["relation"] == expected
    block(blocker=author, blocked=reader)
    assert client.get(profile, {"include": "relation"}).json()["relation"]["blocked"] is False


def test_visitors_get_the_same_cacheable_profile_with_or_without_relation(api: Any, author: User) -> None:
    plain = api().get("/api/v1/users/author")
    asked = api().get("/api/v1/users/author", {"include": "relation"})

    assert plain.json() == asked.json()
    assert plain.headers["Cache-Control"].startswith("public")


def test_relation_costs_one_query_whatever_the_rows(api: Any, reader: User, django_assert_num_queries: Any) -> None:
    client = api(reader)
    for size in (1, 8):
        for _ in range(size):
            follow(follower=reader, followed=UserFactory.create(post_count=2))
        with django_assert_num_queries(4):
            rows = client.get("/api/v1/users", {"include": "relation"}).json()["results"]
        assert all(row["relation"] == {"following": True, "blocked": False} for row in rows)


@pytest.mark.parametrize(("address", "verb"), [("following", "follow"), ("blocks", "block")])
def test_lists_show_the_latest_first_and_leave_out_the_deactivated(
    api: Any, reader: User, address: str, verb: str, django_assert_num_queries: Any
) -> None:
    client = api(reader)
    people = [UserFactory.create(username=f"person{number}") for number in range(5)]
    for person in people:
        client.put(path(person, verb))
    User.objects.filter(pk=people[2].pk).update(is_active=False)

    with django_assert_num_queries(3):
        answer = client.get(f"/api/v1/me/{address}", {"limit": 3}).json()
    assert [row["username"] for row in answer["results"]] == ["person4", "person3", "person1"]
    rest = client.get(answer["next"]).json()
    assert [row["username"] for row in rest["results"]] == ["person0"]
    assert api(people[0]).get(f"/api/v1/me/{address}").json()["results"] == []


def test_counters_that_went_wrong_are_counted_anew(reader: User, author: User, outsider: User) -> None:
    follow(follower=reader, followed=author)
    User.objects.filter(pk=author.pk).update(follower_count=7)
    User.objects.filter(pk=outsider.pk).update(follower_count=3)

    call_command("recount_followers", stdout=(output := StringIO()))
    assert output.getvalue() == "2 counters were wrong.\n"
    assert (followers(author), followers(outsider)) == (1, 0)
    assert recount_followers() == 0
