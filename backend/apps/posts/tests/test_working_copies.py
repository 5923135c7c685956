"""Working copies over HTTP: what readers do not see yet."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.posts.models import Post, PostSlug, Revision, WorkingCopy
from apps.posts.services import unpublish_post, update_post
from apps.posts.tests.factories import make_post
from apps.tags.models import Tag
from apps.tags.services import create_category
from conftest import ApiClient, ApiFor

pytestmark = pytest.mark.django_db
NEW = {"If-None-Match": "*"}


@pytest.fixture
def client(api: ApiFor, author: User) -> ApiClient:
    return api(author)


@pytest.fixture
def post(author: User) -> Post:
    return make_post(author, title="Salt", body="As readers know it.", tags=["sea"])


def url(post: Post, rest: str = "") -> str:
    return f"/api/v1/posts/{post.slug}/working-copy{rest}"


def put(client: ApiClient, post: Post, headers: dict[str, str], **body: Any) -> Any:
    return client.put(url(post), body, headers=headers)


def seen(version: int) -> dict[str, str]:
    return {"If-Match": f'"{version}.x"'}


def test_working_copy_begins_as_the_post_and_readers_see_nothing(client: ApiClient, api: ApiFor, post: Post) -> None:
    assert client.get(url(post)).status_code == 404
    made = put(client, post, NEW, body="As it will be.  \n")
    assert made.status_code == 201, made.content
    assert made.headers["ETag"].startswith('"1.')
    copy = made.json()
    assert (copy["version"], copy["base_version"], copy["author"]["username"]) == (1, post.version, "author")
    assert (copy["title"], copy["body"], copy["tags"]) == ("Salt", "As it will be.  \n", ["sea"])
    assert "slug" not in copy
    assert client.get(url(post)).json() == copy
    assert api().get(f"/api/v1/posts/{post.slug}").json()["body"] == "As readers know it."
    assert Post.objects.get().version == post.version


def test_working_copy_is_changed_by_those_who_saw_its_version(client: ApiClient, post: Post) -> None:
    put(client, post, NEW)
    changed = put(client, post, seen(1), body="Better.")
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    stale = put(client, post, seen(1), body="Worse.")
    assert (stale.status_code, stale.json()["code"], stale.json()["current_version"]) == (412, "version_conflict", 2)
    assert put(client, post, {}, body="Blind.").status_code == 428
    kept = put(client, post, seen(2), title="Sea salt").json()
    assert (kept["title"], kept["body"]) == ("Sea salt", "Better.")


def test_second_working_copy_is_refused_with_the_version_of_the_first(client: ApiClient, post: Post) -> None:
    put(client, post, NEW)
    put(client, post, seen(1), body="Better.")
    second = put(client, post, NEW, body="Mine.")
    expected = (412, "working_copy_exists", 2)
    assert (second.status_code, second.json()["code"], second.json()["current_version"]) == expected
    assert WorkingCopy.objects.get().body == "Better."


def test_working_copy_that_is_gone_is_told_so(client: ApiClient, post: Post) -> None:
    for answer in (
        put(client, post, seen(3), body="Late."),
        client.delete(url(post), headers=seen(3)),
        client.post(url(post, "/publish"), headers=seen(3)),
    ):
        expected = (412, "working_copy_gone", 0)
        assert (answer.status_code, answer.json()["code"], answer.json()["current_version"]) == expected


@pytest.mark.parametrize("state", ["draft", "scheduled", "archived"])
def test_only_a_published_post_has_one(state: str, client: ApiClient, author: User) -> None:
    post = make_post(author, state)
    answer = put(client, post, NEW, body="New.")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_state")


def test_published_working_copy_becomes_the_post(client: ApiClient, post: Post) -> None:
    category = create_category(name="Places")
    put(client, post, NEW, body="New  \n", title="Sea salt", tags=["sea", "Old maps"], category=category.slug)
    answer = client.post(url(post, "/publish"), headers=seen(1))
    assert answer.status_code == 200, answer.content
    shown = answer.json()
    assert (shown["title"], shown["body"], shown["version"]) == ("Sea salt", "New  \n", post.version + 1)
    assert ([tag["slug"] for tag in shown["tags"]], shown["category"]["slug"]) == (["sea", "old-maps"], "places")
    assert shown["slug"] == "salt"
    assert client.get(url(post)).status_code == 404
    assert Tag.objects.get(slug="old-maps").post_count == 1


def test_working_copy_of_an_older_post_is_not_published_over_the_newer(client: ApiClient, post: Post) -> None:
    put(client, post, NEW, body="New.")
    newer = update_post(post=post, changes={"title": "Sea salt"})
    answer = client.post(url(post, "/publish"), headers=seen(1))
    expected = (412, "post_changed", newer.version)
    assert (answer.status_code, answer.json()["code"], answer.json()["current_version"]) == expected
    put(client, post, seen(1), title="Sea salt", base_version=newer.version)
    assert client.post(url(post, "/publish"), headers=seen(2)).json()["title"] == "Sea salt"


def test_working_copy_may_say_that_it_was_made_from_an_older_version(client: ApiClient, post: Post) -> None:
    update_post(post=post, changes={"title": "Sea salt"})
    assert put(client, post, NEW, body="New.", base_version=post.version).json()["base_version"] == post.version
    assert put(client, post, seen(1), base_version=99).json()["errors"][0]["pointer"] == "/base_version"


def test_discarded_working_copy_stays_in_the_history(client: ApiClient, post: Post) -> None:
    put(client, post, NEW, body="First try.")
    put(client, post, seen(1), body="Second try.")
    put(client, post, seen(2), body="Second try.")
    assert client.delete(url(post), headers=seen(3)).status_code == 204
    kinds = list(Revision.objects.order_by("number").values_list("kind", flat=True))
    assert kinds == ["saved", "working_copy", "working_copy"]
    assert client.get(f"/api/v1/posts/{post.slug}/revisions/3").json()["body"] == "Second try."
    assert Post.objects.get().body == "As readers know it."


def test_revision_is_brought_back_into_the_working_copy(client: ApiClient, post: Post) -> None:
    restore = f"/api/v1/posts/{post.slug}/revisions/1/restore"
    update_post(post=post, changes={"body": "Newer."})
    made = client.post(restore, {"to": "working_copy"}, headers=NEW)
    assert (made.status_code, made.json()["body"]) == (201, "As readers know it.")
    put(client, post, seen(1), body="Quite new.")
    assert client.post(restore, {"to": "working_copy"}, headers=seen(1)).status_code == 412
    again = client.post(restore, {"to": "working_copy"}, headers=seen(2))
    assert (again.status_code, again.json()["version"], again.json()["body"]) == (201, 3, "As readers know it.")
    newest = client.get(f"/api/v1/posts/{post.slug}/revisions").json()["results"][0]
    assert (newest["kind"], newest["restored_from"]) == ("working_copy", 1)
    assert Post.objects.get().body == "Newer."


def test_milestone_is_what_stands_in_the_editor(client: ApiClient, post: Post) -> None:
    put(client, post, NEW, body="To come.")
    made = client.post(f"/api/v1/posts/{post.slug}/revisions", {"name": "For print"}).json()
    assert (made["number"], made["kind"], made["body"]) == (2, "working_copy", "To come.")


def test_address_chosen_in_the_working_copy_waits_for_publishing(client: ApiClient, author: User, post: Post) -> None:
    make_post(author, title="Taken")
    taken = put(client, post, NEW, slug="taken")
    assert (taken.status_code, taken.json()["errors"][0]["pointer"]) == (422, "/slug")
    assert put(client, post, NEW, slug="sea-salt").json()["slug"] == "sea-salt"
    assert not PostSlug.objects.filter(slug="sea-salt").exists()
    assert client.post(url(post, "/publish"), headers=seen(1)).json()["slug"] == "sea-salt"
    assert client.get("/api/v1/posts/salt").status_code == 308


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"tags": ["!!"]}, "/tags"),
        ({"category": "nowhere"}, "/category"),
        ({"featured": True}, "/featured"),
        ({"base_version": 0}, "/base_version"),
        ({"body": 3}, "/body"),
    ],
)
def test_what_could_not_be_published_is_refused_when_it_is_written(
    body: dict[str, Any], pointer: str, client: ApiClient, post: Post
) -> None:
    answer = put(client, post, NEW, **body)
    assert answer.status_code in {400, 422}
    assert answer.json()["errors"][0]["pointer"].startswith(pointer)


def test_working_copy_without_title_is_kept_but_not_published(client: ApiClient, post: Post) -> None:
    assert put(client, post, NEW, title="").status_code == 201
    answer = client.post(url(post, "/publish"), headers=seen(1))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/title")
    assert WorkingCopy.objects.exists()


def test_working_copy_of_a_post_that_was_unpublished_can_be_taken_in(client: ApiClient, post: Post) -> None:
    put(client, post, NEW, body="New.")
    draft = unpublish_post(post=post)
    assert put(client, post, seen(1), body="Newer.").status_code == 422
    WorkingCopy.objects.update(base_version=draft.version)
    assert client.post(url(post, "/publish"), headers=seen(1)).json()["body"] == "New."


def test_workflow_is_for_those_who_may_edit(api: ApiFor, author: User, editor: User, reader: User, post: Post) -> None:
    put(api(author), post, NEW)
    query, path = {"include": "workflow"}, f"/api/v1/posts/{post.slug}"
    for user in (author, editor):
        workflow = api(user).get(path, query).json()["workflow"]
        assert (workflow["review_state"], workflow["trashed_at"]) == ("none", None)
        assert workflow["working_copy"]["version"] == 1
        assert workflow["working_copy"]["base_version"] == post.version
    assert api(reader).get(path, query).json()["workflow"] is None
    assert api().get(path, query).json()["workflow"] is None
    assert "workflow" not in api(author).get(path).json()


def test_workflow_of_a_page_is_one_query(client: ApiClient, author: User) -> None:
    query = {"mine": "true", "include": "permissions,workflow"}
    put(client, make_post(author), NEW)
    client.get("/api/v1/site")  # what is remembered between requests is read
    counts = []
    for _ in range(2):
        for _ in range(3):
            put(client, make_post(author), NEW)
        with CaptureQueriesContext(connection) as captured:
            rows = client.get("/api/v1/posts", query).json()["results"]
        counts.append(len(captured))
        assert all(row["workflow"]["working_copy"]["version"] == 1 for row in rows)
    assert counts[0] == counts[1]
    with CaptureQueriesContext(connection) as captured:
        client.get("/api/v1/posts", {**query, "include": "permissions"})
    assert len(captured) == counts[0] - 1
