"""What to read after a post: neighbours in time, parts of a series, and what is related."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.posts.further_reading import further_reading
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from apps.tags.services import create_category
from conftest import ApiFor

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 1, tzinfo=UTC)


def at(post: Post, day: int) -> Post:
    """The post, published on that day."""
    Post.objects.filter(pk=post.pk).update(published_at=START + timedelta(days=day))
    post.post_tags.update(published_at=START + timedelta(days=day))
    return post


def ask(api: ApiFor, slug: str, user: User | None = None) -> Any:
    response = api(user).get(f"/api/v1/posts/{slug}/further-reading")
    assert response.status_code == 200, response.content
    return response.json()


def test_neighbours_are_those_before_and_after_that_everybody_reads(author: User, api: ApiFor) -> None:
    for day, (title, state) in enumerate(
        [("one", "published"), ("hidden", "archived"), ("two", "published"), ("later", "draft"), ("three", "due")]
    ):
        post = make_post(author, state, title=title)
        if state != "draft":
            at(post, day)
    answer = ask(api, "two")
    assert (answer["previous"]["slug"], answer["next"]["slug"]) == ("one", "three")
    assert (ask(api, "one")["previous"], ask(api, "three")["next"]) == (None, None)


def test_posts_of_one_moment_follow_each_other_once(author: User, api: ApiFor) -> None:
    for title in ("a", "b", "c"):
        at(make_post(author, title=title), 1)
    walk, slug = [], "a"
    while slug:
        walk.append(slug)
        following = ask(api, slug)["next"]
        slug = following["slug"] if following else ""
    assert walk == ["a", "b", "c"]
    assert ask(api, "b")["previous"]["slug"] == "a"


def test_rare_tag_counts_more_than_one_that_all_have(author: User, api: ApiFor) -> None:
    for number in range(6):
        make_post(author, title=f"Common {number}", tags=["news"])
    make_post(author, title="Rare", tags=["lighthouses"])
    make_post(author, title="Both", tags=["lighthouses", "news"])
    make_post(author, title="Asked", tags=["news", "lighthouses"])
    related = [row["slug"] for row in ask(api, "asked")["related"]]
    assert related[:2] == ["both", "rare"]
    assert len(related) == 4


def test_words_category_and_author_decide_without_tags(author: User, outsider: User, api: ApiFor) -> None:
    sea = create_category(name="Sea")
    make_post(outsider, title="Something else entirely")
    make_post(outsider, title="In the same section", category=sea)
    make_post(outsider, title="On lighthouses by night")
    make_post(author, title="Asked about lighthouses", category=sea)
    related = [row["slug"] for row in ask(api, "asked-about-lighthouses")["related"]]
    assert related == ["on-lighthouses-by-night", "in-the-same-section", "something-else-entirely"]


def test_parts_of_the_series_stand_by_themselves(author: User, api: ApiFor) -> None:
    for title, state in (("One", "published"), ("Two", "draft"), ("Three", "published")):
        make_post(author, state, title=title, series="Walk", tags=["walks"])
    answer = ask(api, "three")
    assert answer["series"] == {
        "slug": "walk",
        "title": "Walk",
        "posts": [{"slug": "one", "title": "One"}, {"slug": "three", "title": "Three"}],
    }
    assert answer["related"] == []
    assert answer["previous"]["slug"] == "one"


def test_draft_has_no_neighbours_and_nothing_private_beside_it(author: User, api: ApiFor) -> None:
    make_post(author, "draft", title="Secret", tags=["maps"])
    make_post(author, title="Open", tags=["maps"])
    make_post(author, "draft", title="Mine", tags=["maps"])
    answer = ask(api, "mine", author)
    assert (answer["previous"], answer["next"]) == (None, None)
    assert [row["slug"] for row in answer["related"]] == ["open"]
    assert "secret" not in str(ask(api, "open")).lower()


def test_first_post_of_a_publication_has_nothing_after_it(author: User, api: ApiFor) -> None:
    make_post(author, title="Alone")
    assert ask(api, "alone") == {"previous": None, "next": None, "series": None, "related": []}


def test_former_address_leads_to_the_present_one(author: User, api: ApiFor) -> None:
    from apps.posts.services import update_post

    post = make_post(author, title="Old")
    update_post(post=post, changes={"slug": "new"})
    response = api().get("/api/v1/posts/old/further-reading")
    assert response.status_code == 308
    assert response.headers["Location"].endswith("/posts/new/further-reading")


@pytest.mark.parametrize("many", [3, 60])
def test_number_of_queries_is_the_same_with_many(
    many: int, author: User, api: ApiFor, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        make_post(
            author, title=f"Post {number}", tags=["maps", f"t{number % 9}"], series="Walk" if number < 2 else None
        )
    client = api()
    client.get("/api/v1/posts/post-0/further-reading")
    with django_assert_num_queries(7):
        client.get("/api/v1/posts/post-0/further-reading")


def test_candidates_come_from_indexes(author: User, django_assert_max_num_queries: Any) -> None:
    """No source sorts what it finds: each is walked in the order of an index, up to its limit."""
    post = make_post(author, tags=["maps"], category=create_category(name="Sea"))
    with django_assert_max_num_queries(5) as captured:
        further_reading(Post.objects.get(pk=post.pk))
    union = next(query["sql"] for query in captured.captured_queries if "UNION ALL" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{union}")
        plan = "\n".join(str(row) for row in cursor.fetchall())
    if connection.vendor == "sqlite":
        for index in ("post_feed", "post_by_author", "post_in_category", "post_tag_feed"):
            assert index in plan, plan
        assert "TEMP B-TREE" not in plan, plan
