"""A post's life over HTTP: archive, trash and back, deletion for good, duplicates, many at once, search."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import User
from apps.comments.services import add_comment
from apps.common.tests.recorded import times_recorded
from apps.posts import services
from apps.posts.models import ArchiveMonth, Post, PostSlug
from apps.posts.services.reviews import submit_post
from apps.posts.services.trash import KEEP_TRASHED
from apps.posts.tests.factories import STATES, make_post
from apps.tags.models import Tag
from apps.tags.services import create_category
from conftest import ApiClient, ApiFor

pytestmark = pytest.mark.django_db
POSTS = "/api/v1/posts"


@pytest.fixture(autouse=True)
def _counters_stay_true() -> Iterator[None]:
    """After every test in this file, counting anew changes nothing."""
    yield
    kept = _counters()
    services.recount()
    assert _counters() == kept


def _counters() -> dict[str, object]:
    return {
        "tags": dict(Tag.objects.values_list("slug", "post_count")),
        "authors": dict(User.objects.values_list("username", "post_count")),
        "months": {(m.year, m.month): m.post_count for m in ArchiveMonth.objects.filter(post_count__gt=0)},
    }


def delete(client: ApiClient, post: Post) -> Any:
    path = f"{POSTS}/{post.slug}"
    return client.delete(path, headers={"If-Match": client.etag(path)})


def post_to(client: ApiClient, post: Post, step: str) -> Any:
    path = f"{POSTS}/{post.slug}"
    return client.post(f"{path}/{step}", headers={"If-Match": client.etag(path)})


def slugs(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [row["slug"] for row in response.json()["results"]]


def test_archived_post_leaves_every_list_and_comes_back_with_its_date(author: User, api: ApiFor) -> None:
    post, client = make_post(author, tags=["maps"]), api(author)
    archived = post_to(client, post, "archive")
    assert (archived.status_code, archived.json()["status"]) == (200, "archived")
    assert slugs(api().get(POSTS)) == []
    assert api().get(f"{POSTS}/{post.slug}").status_code == 404
    assert slugs(client.get(POSTS, {"status": "archived"})) == [post.slug]
    again = post_to(client, post, "publish").json()
    assert (again["status"], again["published_at"]) == ("published", archived.json()["published_at"])


@pytest.mark.parametrize("state", STATES)
def test_trashed_post_is_gone_for_readers_and_restored_as_it_was(state: str, author: User, api: ApiFor) -> None:
    post, client = make_post(author, state, tags=["maps"], category=create_category(name="Places")), api(author)
    before = client.get(f"{POSTS}/{post.slug}").json()
    assert delete(client, post).status_code == 204
    public = api()
    assert public.get(f"{POSTS}/{post.slug}").status_code == 404
    for query in ({}, {"tag": "maps"}, {"author": "author"}, {"category": "places"}, {"status": "published"}):
        assert slugs(public.get(POSTS, query)) == []
    assert public.get("/api/v1/tags/maps").json()["post_count"] == 0
    assert public.get("/api/v1/users/author").json()["post_count"] == 0
    assert client.get(f"{POSTS}/{post.slug}").json()["status"] == "trashed"
    restored = post_to(client, post, "restore").json()
    changed = {"version", "updated_at"}
    assert {k: v for k, v in restored.items() if k not in changed} == {
        k: v for k, v in before.items() if k not in changed
    }
    assert (times_recorded("posts.trashed"), times_recorded("posts.restored")) == (1, 1)


def test_trashed_post_is_listed_only_when_the_trash_is_asked_for(author: User, outsider: User, api: ApiFor) -> None:
    post, client = make_post(author, "trashed"), api(author)
    assert slugs(client.get(POSTS, {"status": "trashed"})) == [post.slug]
    assert slugs(client.get(POSTS, {"status": "trashed", "mine": "true"})) == [post.slug]
    assert slugs(client.get(POSTS, {"mine": "true"})) == []
    for status in ("draft", "scheduled", "published", "archived"):
        assert slugs(client.get(POSTS, {"status": status})) == []
    assert slugs(api(outsider).get(POSTS, {"status": "trashed"})) == []


def test_editor_finds_a_trashed_post_and_restores_it(author: User, editor: User, api: ApiFor) -> None:
    post = make_post(author, "trashed")
    assert slugs(api(editor).get(POSTS, {"status": "trashed"})) == [post.slug]
    assert post_to(api(editor), post, "restore").json()["status"] == "published"


def test_comments_under_a_trashed_post_are_gone_for_readers(author: User, reader: User, api: ApiFor) -> None:
    post = make_post(author)
    comment = add_comment(post=post, author=reader, body="Yes.")
    delete(api(author), post)
    for user in (None, reader):
        client = api(user)
        assert client.get(f"{POSTS}/{post.slug}/comments").status_code == 404
        assert client.get(f"/api/v1/comments/{comment.pk}").status_code == 404
    services.restore_post(post=post)
    assert api().get(f"/api/v1/comments/{comment.pk}").status_code == 200


def test_what_was_to_appear_while_it_was_in_the_trash_becomes_a_draft(author: User, api: ApiFor) -> None:
    post = make_post(author, "scheduled")
    services.trash_post(post=post)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert services.settle_due_posts() == 0
        restored = post_to(api(author), post, "restore").json()
    assert (restored["status"], restored["published_at"]) == ("draft", None)
    assert times_recorded("posts.published") == 0


def test_due_post_counts_as_published_before_it_goes_to_the_trash(author: User) -> None:
    post = make_post(author, "due", tags=["maps"])
    services.trash_post(post=post)
    assert (times_recorded("posts.published"), Post.objects.get().trashed_from) == (1, "published")


def test_trashed_post_keeps_its_slugs(author: User) -> None:
    post = make_post(author, title="Salt")
    services.update_post(post=post, changes={"slug": "sea-salt"})
    services.trash_post(post=post)
    assert make_post(author, title="Salt").slug == "salt-2"
    assert make_post(author, title="Sea salt").slug == "sea-salt-2"


def test_deleting_again_deletes_for_good(author: User, api: ApiFor) -> None:
    post, client = make_post(author), api(author)
    stale = client.etag(f"{POSTS}/{post.slug}")
    assert delete(client, post).status_code == 204
    repeated = client.delete(f"{POSTS}/{post.slug}", headers={"If-Match": stale})
    assert (repeated.status_code, Post.objects.count()) == (412, 1)  # a request that is sent twice deletes nothing
    assert delete(client, post).status_code == 204
    assert (Post.objects.count(), PostSlug.objects.count(), times_recorded("posts.deleted")) == (0, 0, 1)


def test_trash_is_emptied_after_thirty_days(author: User) -> None:
    old, kept = make_post(author, "trashed"), make_post(author)
    assert services.purge_trash() == 0
    with time_machine.travel(timezone.now() + KEEP_TRASHED - timedelta(minutes=1)):
        services.trash_post(post=kept)
        assert services.purge_trash() == 0
    with time_machine.travel(timezone.now() + KEEP_TRASHED + timedelta(minutes=1)):
        assert services.purge_trash() == 1
    assert not Post.objects.filter(pk=old.pk).exists()
    assert Post.objects.filter(pk=kept.pk).exists()


def test_copy_has_the_content_and_nothing_of_the_past(author: User, api: ApiFor) -> None:
    category = create_category(name="Places")
    post = make_post(
        author,
        tags=["maps", "sea"],
        category=category,
        cover_url="/media/a.webp",
        cover_alt="A",
        canonical_url="https://elsewhere.example/a",
        featured=True,
        language="de",
    )
    answer = api(author).post(f"{POSTS}/{post.slug}/duplicate")
    copy, original = answer.json(), api(author).get(f"{POSTS}/{post.slug}").json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{POSTS}/{copy['slug']}"
    for name in ("body", "body_html", "body_format", "excerpt", "cover", "tags", "category", "language"):
        assert copy[name] == original[name], name
    assert (copy["title"], copy["slug"], copy["status"]) == ("A post (copy)", "a-post-copy", "draft")
    assert (copy["featured"], copy["canonical_url"], copy["version"], copy["published_at"]) == (False, "", 1, None)


def test_copying_twice_with_one_key_copies_once(author: User, api: ApiFor) -> None:
    post, client = make_post(author, title="x" * 300), api(author)
    first, second = (
        client.post(f"{POSTS}/{post.slug}/duplicate", headers={"Idempotency-Key": "one"}) for _ in range(2)
    )
    assert (first.status_code, first.json()) == (201, second.json())
    assert len(first.json()["title"]) == 300
    assert Post.objects.count() == 2


def test_copy_of_anothers_post_is_the_editors_own(author: User, editor: User, api: ApiFor) -> None:
    post = make_post(author, "draft", title="")
    copy = api(editor).post(f"{POSTS}/{post.slug}/duplicate").json()
    assert (copy["author"]["username"], copy["title"]) == ("editor", "")


def test_search_finds_words_of_own_titles(author: User, outsider: User, api: ApiFor) -> None:
    make_post(author, title="The salt road")
    make_post(author, "draft", title="Roads of salt, 50% off")
    make_post(author, "trashed", title="Road to nowhere")
    make_post(outsider, "draft", title="A road of others")
    client = api(author)
    assert slugs(client.get(POSTS, {"mine": "true", "q": "ROAD salt"})) == ["roads-of-salt-50-off", "the-salt-road"]
    assert slugs(client.get(POSTS, {"mine": "true", "status": "published", "q": "road"})) == ["the-salt-road"]
    assert slugs(client.get(POSTS, {"status": "draft", "q": "road"})) == ["roads-of-salt-50-off"]
    assert slugs(client.get(POSTS, {"status": "trashed", "q": "road"})) == ["road-to-nowhere"]
    assert slugs(client.get(POSTS, {"mine": "true", "q": "0% "})) == ["roads-of-salt-50-off"]
    assert slugs(client.get(POSTS, {"mine": "true", "q": "_"})) == []
    assert len(slugs(client.get(POSTS, {"mine": "true", "q": "  "}))) == 2


def test_editor_searches_what_waits_for_a_review(author: User, editor: User, api: ApiFor) -> None:
    for title in ("The salt road", "The ink road"):
        submit_post(post=make_post(author, "draft", title=title), actor=author)
    assert slugs(api(editor).get(POSTS, {"review": "submitted", "q": "ink"})) == ["the-ink-road"]


def test_search_is_not_for_what_is_public(author: User, api: ApiFor) -> None:
    for query in ({"q": "road"}, {"q": "road", "status": "published"}):
        answer = api(author).get(POSTS, query)
        assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "q")


def test_number_of_queries_of_ones_own_trash_does_not_grow(author: User, api: ApiFor) -> None:
    client, numbers = api(author), []
    for rows in (2, 12):
        while Post.objects.count() < rows:
            make_post(author, "trashed", tags=["maps"])
        with CaptureQueriesContext(connection) as queries:
            found = client.get(POSTS, {"mine": "true", "status": "trashed", "q": "post"})
        assert len(slugs(found)) == rows
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 5
