"""Revisions over HTTP: what is written when, read by whom, restored to the byte."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.posts.models import Post, Revision
from apps.posts.services import publish_post, update_post
from apps.posts.tests.factories import make_post
from apps.tags.editing import delete_category, delete_tag
from apps.tags.models import Category, Tag
from apps.tags.services import create_category
from conftest import ApiClient, ApiFor

pytestmark = pytest.mark.django_db
ODD_BODY = "  Two spaces first,  \r\nthen\ta tab\u00a0and e\u0301 \U0001f469\u200d\U0001f680\n\n\n  \t\n"


@pytest.fixture
def client(api: ApiFor, author: User) -> ApiClient:
    return api(author)


def url(post: Post, rest: str = "") -> str:
    return f"/api/v1/posts/{post.slug}/revisions{rest}"


def numbers(client: ApiClient, post: Post) -> list[int]:
    return [row["number"] for row in client.get(url(post), {"limit": 100}).json()["results"]]


def save(client: ApiClient, post: Post, **changes: Any) -> Any:
    return client.patch(f"/api/v1/posts/{post.slug}", changes, headers={"If-Match": "*"}).json()


def restore(client: ApiClient, post: Post, number: int, if_match: str = "*", **body: Any) -> Any:
    return client.post(url(post, f"/{number}/restore"), body, headers={"If-Match": if_match})


def test_each_change_of_the_content_is_a_revision(client: ApiClient, author: User) -> None:
    slug = client.post("/api/v1/posts", {"title": "Salt", "body": "One two."}).json()["slug"]
    post = Post.objects.get(slug=slug)
    save(client, post, body="One two three.")
    save(client, post, title="Sea salt")
    rows = client.get(url(post)).json()["results"]
    assert [(row["number"], row["post_version"], row["word_count"]) for row in rows] == [
        (3, 3, 3),
        (2, 2, 3),
        (1, 1, 2),
    ]
    assert {row["kind"] for row in rows} == {"saved"}
    assert rows[0]["author"]["username"] == "author"
    first = client.get(url(post, "/1")).json()
    assert (first["title"], first["body"]) == ("Salt", "One two.")


def test_save_that_changes_nothing_is_no_revision(client: ApiClient, author: User) -> None:
    post = make_post(author, "draft", tags=["maps"])
    save(client, post, body=post.body, tags=["maps"])
    assert numbers(client, post) == [1]


def test_featuring_is_no_revision(api: ApiFor, author: User, editor: User) -> None:
    post = make_post(author)
    assert save(api(editor), post, featured=True)["featured"]
    assert numbers(api(editor), post) == [1]


def test_history_says_who_saved(api: ApiFor, author: User, editor: User) -> None:
    post = make_post(author)
    save(api(editor), post, title="Corrected")
    names = [row["author"]["username"] for row in api(author).get(url(post)).json()["results"]]
    assert names == ["editor", "author"]


def test_post_from_before_there_were_revisions_gets_its_original_first(client: ApiClient, author: User) -> None:
    post = make_post(author, body="As it was.")
    Revision.objects.all().delete()
    assert numbers(client, post) == []
    save(client, post, body="As it is.")
    new, old = client.get(url(post)).json()["results"]
    assert (old["number"], old["kind"], old["post_version"]) == (1, "original", post.version)
    assert (new["number"], new["kind"], new["post_version"]) == (2, "saved", post.version + 1)
    assert client.get(url(post, "/1")).json()["body"] == "As it was."


def test_restored_text_is_the_same_to_the_byte_and_a_revision(client: ApiClient, author: User) -> None:
    post = make_post(author, body=ODD_BODY)
    save(client, post, body="Something else.", title="Another", excerpt="New", language="de")
    answer = restore(client, post, 1)
    assert answer.status_code == 200, answer.content
    assert answer.json()["body"].encode() == ODD_BODY.encode()
    assert answer.json()["title"] == "A post"
    assert (answer.json()["excerpt"], answer.json()["language"]) == ("", "en")
    newest = client.get(url(post)).json()["results"][0]
    assert (newest["number"], newest["kind"], newest["restored_from"]) == (3, "restored", 1)
    assert client.get(url(post, "/2")).json()["body"] == "Something else."
    assert client.get(url(post, "/3")).json()["body"].encode() == ODD_BODY.encode()
    assert "Two spaces first" in answer.json()["body_html"]


def test_html_body_is_restored_with_its_format(client: ApiClient, author: User) -> None:
    html = "<!-- wp:paragraph -->\n<p>Old &amp; <em>new</em>.</p>\n<!-- /wp:paragraph -->\n\n"
    post = make_post(author, body=html, body_format="html")
    save(client, post, body="*New*", body_format="markdown")
    restored = restore(client, post, 1).json()
    assert (restored["body"], restored["body_format"]) == (html, "html")
    assert restored["body_html"].strip() == "<p>Old &amp; <em>new</em>.</p>"


def test_restoring_what_the_post_is_already_is_a_revision_too(client: ApiClient, author: User) -> None:
    post = make_post(author)
    assert restore(client, post, 1).status_code == 200
    assert numbers(client, post) == [2, 1]


def test_restore_needs_the_version_that_was_seen(client: ApiClient, author: User) -> None:
    post = make_post(author, "draft")
    save(client, post, body="Newer.")
    assert client.post(url(post, "/1/restore"), {}).status_code == 428
    stale = restore(client, post, 1, if_match='"1.x"')
    assert (stale.status_code, stale.json()["current_version"]) == (412, 2)
    assert Post.objects.get().body == "Newer."


def test_restore_keeps_the_address(client: ApiClient, author: User) -> None:
    post = make_post(author, title="Salt")
    post = update_post(post=post, changes={"slug": "sea-salt", "title": "Sea salt"})
    assert restore(client, post, 1).json()["slug"] == "sea-salt"


def test_restore_skips_a_category_that_is_gone_and_makes_its_tags_again(client: ApiClient, author: User) -> None:
    post = make_post(author, category=create_category(name="Places"), tags=["Old maps", "sea"])
    save(client, post, category=None, tags=["sea"])
    delete_category(Category.objects.get())
    delete_tag(Tag.objects.get(slug="old-maps"))
    restored = restore(client, post, 1).json()
    assert restored["category"] is None
    assert [tag["name"] for tag in restored["tags"]] == ["Old maps", "sea"]


def test_restore_finds_a_tag_that_has_another_name_by_now(client: ApiClient, author: User) -> None:
    post = make_post(author, tags=["maps"])
    tag = Tag.objects.get()
    tag.name = "Charts & maps"
    tag.save()
    save(client, post, title="Now")
    save(client, post, tags=[])
    restored = restore(client, post, 2).json()
    assert [tag["slug"] for tag in restored["tags"]] == ["maps"]
    assert Tag.objects.count() == 1


def test_restore_brings_back_more_tags_than_a_write_may_give(client: ApiClient, author: User) -> None:
    post = make_post(author, "draft")
    names = [f"tag {number}" for number in range(14)]
    Revision.objects.update(content={**Revision.objects.get().content, "tags": names})
    assert [tag["name"] for tag in restore(client, post, 1).json()["tags"]] == names


def test_published_post_does_not_lose_its_title_to_a_restore(client: ApiClient, author: User) -> None:
    post = make_post(author, "draft", title="")
    post = publish_post(post=update_post(post=post, changes={"title": "Salt"}))
    answer = restore(client, post, 1)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/title")


def test_name_makes_a_milestone_of_the_present_state(client: ApiClient, author: User) -> None:
    post = make_post(author, "draft")
    made = client.post(url(post), {"name": "First draft"})
    assert (made.status_code, made.json()["number"], made.json()["name"]) == (201, 1, "First draft")
    assert made.headers["Location"] == url(post, "/1")
    again = client.post(url(post), {"name": "Once more"}).json()
    assert (again["number"], again["name"], again["body"]) == (2, "Once more", post.body)


def test_revision_is_named_and_loses_its_name(client: ApiClient, author: User) -> None:
    post = make_post(author, "draft")
    assert client.patch(url(post, "/1"), {"name": "  As printed "}).json()["name"] == "As printed"
    assert client.patch(url(post, "/1"), {"name": ""}).json()["name"] == ""
    assert client.patch(url(post, "/1"), {"name": "x" * 101}).status_code == 400
    assert client.patch(url(post, "/9"), {"name": "x"}).status_code == 404


def test_version_put_aside_changes_nothing_of_the_post(client: ApiClient, author: User) -> None:
    post = make_post(author, "draft", tags=["sea"])
    made = client.post(url(post), {"body": ODD_BODY, "name": "The other side"})
    assert made.status_code == 201, made.content
    assert (made.json()["kind"], made.json()["body"], made.json()["tags"]) == ("kept", ODD_BODY, ["sea"])
    after = Post.objects.get()
    assert (after.version, after.body) == (post.version, post.body)
    assert restore(client, post, 2).json()["body"] == ODD_BODY


def test_putting_nothing_aside_is_refused(client: ApiClient, author: User) -> None:
    post = make_post(author, "draft")
    for body in ({}, {"name": ""}, {"featured": True}):
        assert client.post(url(post), body).status_code == 400, body
    assert numbers(client, post) == [1]


def test_repeated_request_puts_aside_once(client: ApiClient, author: User) -> None:
    post = make_post(author, "draft")
    for _ in range(2):
        assert client.post(url(post), {"body": "Mine."}, headers={"Idempotency-Key": "k1"}).status_code == 201
    assert numbers(client, post) == [2, 1]


def test_list_goes_back_page_by_page_with_the_same_queries(client: ApiClient, author: User) -> None:
    post = make_post(author, "draft")
    for number in range(8):
        update_post(post=post, changes={"body": f"{number}"}, editor=author)
    counts = []
    for limit in (1, 8):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page = client.get(url(post), {"limit": limit}).json()
        counts.append(len(captured))
        assert not any('"content"' in query["sql"] for query in captured.captured_queries if "revision" in query["sql"])
    assert counts[0] == counts[1]
    assert [row["number"] for row in page["results"]] == [9, 8, 7, 6, 5, 4, 3, 2]
    assert [row["number"] for row in client.get(page["next"]).json()["results"]] == [1]


def test_history_of_an_old_address_is_found_at_the_new_one(client: ApiClient, author: User) -> None:
    post = make_post(author, title="Salt")
    update_post(post=post, changes={"slug": "sea-salt"})
    moved = client.get("/api/v1/posts/salt/revisions/1")
    assert (moved.status_code, moved.headers["Location"]) == (308, "/api/v1/posts/sea-salt/revisions/1")


def test_history_goes_with_its_post(client: ApiClient, author: User) -> None:
    post = make_post(author, "draft")
    for _ in range(2):
        client.delete(f"/api/v1/posts/{post.slug}", headers={"If-Match": "*"})
    assert not Revision.objects.exists()


def test_words_are_counted_without_marks(client: ApiClient, author: User) -> None:
    post = make_post(author, "draft", body="# Title\n\n- *one* two\n---\n漢字 don't")
    assert client.get(url(post, "/1")).json()["word_count"] == 6
    html = make_post(author, "draft", body='<p class="a b c">one <b>two</b></p>', body_format="html")
    assert client.get(url(html, "/1")).json()["word_count"] == 2
