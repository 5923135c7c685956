"""The reading list, and following tags, over HTTP."""

from typing import Any

import pytest

from apps.accounts.models import User
from apps.posts.models import Post
from apps.posts.services import archive_post
from apps.posts.tests.factories import make_post
from apps.reactions.models import Bookmark
from apps.tags.models import Tag, TagFollow

pytestmark = pytest.mark.django_db
LIST = "/api/v1/me/bookmarks"


def keep(client: Any, *posts: Post) -> None:
    for post in posts:
        assert client.put(f"/api/v1/posts/{post.slug}/bookmark").json() == {"bookmarked": True}


def test_list_holds_what_was_kept_last_first_and_once(api: Any, reader: User, outsider: User, author: User) -> None:
    posts = [make_post(author, title=f"Post {number}", tags=["maps"]) for number in range(3)]
    client = api(reader)
    keep(client, *posts, posts[0])

    answer = client.get(LIST, {"limit": 2}).json()
    assert [row["post"]["slug"] for row in answer["results"]] == [posts[2].slug, posts[1].slug]
    assert answer["results"][0]["post"]["tags"] == [{"slug": "maps", "name": "maps"}]
    assert "body" not in answer["results"][0]["post"]
    assert answer["results"][0]["bookmarked_at"]
    rest = client.get(answer["next"]).json()
    assert [row["post"]["slug"] for row in rest["results"]] == [posts[0].slug]
    assert api(outsider).get(LIST).json()["results"] == []


def test_taking_off_what_is_not_there_is_no_error(api: Any, reader: User, author: User) -> None:
    post = make_post(author)
    client = api(reader)
    keep(client, post)
    for _ in range(2):
        assert client.delete(f"/api/v1/posts/{post.slug}/bookmark").json() == {"bookmarked": False}
    assert client.get(LIST).json()["results"] == []


def test_what_may_not_be_seen_any_more_is_left_out_and_comes_back(api: Any, reader: User, author: User) -> None:
    post, other = make_post(author), make_post(author)
    client = api(reader)
    keep(client, post, other)
    archive_post(post=post)
    assert [row["post"]["slug"] for row in client.get(LIST).json()["results"]] == [other.slug]

    Post.objects.filter(pk=post.pk).update(status="published")
    assert len(client.get(LIST).json()["results"]) == 2


def test_list_costs_the_same_whatever_its_rows(
    api: Any, reader: User, author: User, django_assert_num_queries: Any
) -> None:
    client = api(reader)
    for size in (1, 7):
        keep(client, *(make_post(author, tags=[f"tag {number}"]) for number in range(size)))
        with django_assert_num_queries(5):
            client.get(LIST)


def test_there_is_an_end_to_a_reading_list(
    api: Any, reader: User, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.reactions.services.bookmarks.MAX_BOOKMARKS", 1)
    client = api(reader)
    keep(client, make_post(author))

    response = client.put(f"/api/v1/posts/{make_post(author).slug}/bookmark")
    assert (response.status_code, response.json()["code"]) == (422, "reading_list_full")
    assert Bookmark.objects.count() == 1


def test_tags_are_followed_and_left(
    api: Any, reader: User, outsider: User, author: User, django_assert_num_queries: Any
) -> None:
    make_post(author, tags=["maps", "salt"])
    client = api(reader)
    assert client.get("/api/v1/tags/maps/follow").json() == {"followed": False}
    for slug in ("maps", "salt", "maps"):
        assert client.put(f"/api/v1/tags/{slug}/follow").status_code == 204
    assert client.get("/api/v1/tags/maps/follow").json() == {"followed": True}
    with django_assert_num_queries(3):
        rows = client.get("/api/v1/me/followed-tags").json()["results"]
    assert [(row["slug"], row["post_count"]) for row in rows] == [("salt", 1), ("maps", 1)]
    assert api(outsider).get("/api/v1/me/followed-tags").json()["results"] == []
    for _ in range(2):
        assert client.delete("/api/v1/tags/maps/follow").status_code == 204
    assert list(TagFollow.objects.values_list("tag__slug", flat=True)) == ["salt"]
    assert client.put("/api/v1/tags/nothing/follow").status_code == 404


def test_there_is_an_end_to_followed_tags(
    api: Any, reader: User, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.tags.following.MAX_FOLLOWED_TAGS", 1)
    make_post(author, tags=["maps", "salt"])
    client = api(reader)
    client.put("/api/v1/tags/maps/follow")

    response = client.put("/api/v1/tags/salt/follow")
    assert (response.status_code, response.json()["code"]) == (422, "too_many_tags")
    assert TagFollow.objects.get().tag == Tag.objects.get(slug="maps")
