"""The check before publishing finds what readers would stumble over, says where, and forbids nothing."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.posts.services import update_post
from apps.posts.services.working_copies import create_working_copy
from apps.posts.tests.factories import make_post
from apps.tags.services import create_category
from conftest import ApiFor

pytestmark = pytest.mark.django_db


def _check(api: ApiFor, author: User, of: str = "post", state: str = "draft", **changes: Any) -> list[dict[str, Any]]:
    post = make_post(author, state, **{"excerpt": "In short.", **changes})
    response = api(author).get(f"/api/v1/posts/{post.slug}/checks", {"of": of} if of != "post" else {})
    assert response.status_code == 200, response.content
    results: list[dict[str, Any]] = response.json()["results"]
    return results


def _found(results: list[dict[str, Any]]) -> list[tuple[str, int | None, str]]:
    return [(row["code"], row["line"], row["where"]) for row in results]


def test_a_good_post_has_nothing_to_say(api: ApiFor, author: User) -> None:
    make_post(author, slug="salt")
    body = "## One\n\n[On](/posts/salt) ![A quay](/media/q.webp)\n\n### Two\n\n[up](#one) x[^1]\n\n[^1]: Note.\n"
    assert _check(api, author, body=body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Text.\n\nMore ![](/media/a.webp)\n", ("missing_alt", 3, "/media/a.webp")),
        ("A list:\n\n- one\n- two ![](/media/a.webp)\n", ("missing_alt", 4, "/media/a.webp")),
        ("> [!NOTE]\n> x\n>\n> ![](/media/a.webp)\n", ("missing_alt", 4, "/media/a.webp")),
        ("![x](http://pictures.example/a.png)", ("insecure_image", 1, "x")),
        ("## One\n\n#### Three\n", ("heading_order", 3, "Three")),
        ("Go [](/tags)", ("empty_link", 1, "/tags")),
        ("One\ntwo [there](/posts/nowhere)", ("broken_link", 2, "there")),
        ("/posts/nowhere", ("broken_link", 1, "/posts/nowhere")),
        ("<http://127.0.0.1:8000/posts/nowhere>", ("broken_link", 1, "http://127.0.0.1:8000/posts/nowhere")),
        ("[x](/posts/%00)", ("broken_link", 1, "x")),
        ("[x](/tags/nowhere)", ("broken_link", 1, "x")),
        ("[x](/categories/nowhere)", ("broken_link", 1, "x")),
        ("[x](#nowhere)", ("broken_link", 1, "x")),
        ("", ("empty_body", None, "")),
        ("  \n\n<!-- nothing -->\n", ("empty_body", None, "")),
    ],
)
def test_what_readers_would_stumble_over(
    api: ApiFor, author: User, body: str, expected: tuple[str, int | None, str]
) -> None:
    assert _found(_check(api, author, body=body)) == [expected]


def test_html_is_looked_over_too(api: ApiFor, author: User) -> None:
    body = '<h2>One</h2>\n<p>Text</p>\n<p><img src="/media/a.webp"></p>\n<h4>Deep</h4>'
    found = _found(_check(api, author, body=body, body_format="html"))
    assert found == [("missing_alt", 3, "/media/a.webp"), ("heading_order", 4, "Deep")]


def test_what_is_not_in_the_text_comes_first(api: ApiFor, author: User) -> None:
    results = _check(api, author, title="", excerpt=" ", cover_url="/media/c.webp", body="![](/media/a.webp)")
    assert [row["code"] for row in results] == ["no_title", "no_excerpt", "cover_alt", "missing_alt"]
    assert [row["severity"] for row in results] == ["warning", "advice", "warning", "warning"]


def test_links_to_what_readers_find_are_good(api: ApiFor, author: User) -> None:
    renamed = make_post(author, slug="before")
    update_post(post=renamed, changes={"slug": "after"})
    make_post(author, tags=["Maps"], category=create_category(name="Places"))
    body = (
        "[a](/posts/before) [b](/posts/after#u-x) [c](/tags/maps) [d](/categories/places) [e](https://other.example/)"
    )
    assert _check(api, author, body=body) == []


@pytest.mark.parametrize("state", ["draft", "scheduled", "archived"])
def test_a_link_to_what_readers_cannot_see_is_told_like_one_to_nothing(
    api: ApiFor, author: User, outsider: User, state: str
) -> None:
    make_post(outsider, state, slug="hidden")
    hidden = _check(api, author, body="[x](/posts/hidden)")
    nothing = _check(api, author, body="[x](/posts/nothing-at-all)")
    assert hidden == nothing
    assert [row["code"] for row in hidden] == ["broken_link"]


def test_the_working_copy_can_be_looked_at_instead(api: ApiFor, author: User) -> None:
    post = make_post(author, excerpt="In short.")
    path = f"/api/v1/posts/{post.slug}/checks"
    assert api(author).get(path, {"of": "working_copy"}).status_code == 404
    create_working_copy(post=post, changes={"body": "![](/media/a.webp)"}, editor=author)
    assert api(author).get(path).json()["results"] == []
    found = api(author).get(path, {"of": "working_copy"}).json()["results"]
    assert [row["code"] for row in found] == ["missing_alt"]
    assert api(author).get(path, {"of": "everything"}).status_code == 400


def test_many_links_cost_no_more_queries_than_few(api: ApiFor, author: User) -> None:
    few = make_post(author, body="[x](/posts/a) [y](/tags/b) [z](/categories/c)")
    many = make_post(
        author, body=" ".join(f"[x](/posts/a{n}) [y](/tags/b{n}) [z](/categories/c{n})" for n in range(60))
    )
    counts = []
    for post in (few, many):
        client = api(author)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(f"/api/v1/posts/{post.slug}/checks")
        counts.append(len(queries))
        assert len(answer.json()["results"]) <= 100
    assert counts[0] == counts[1]


def test_long_texts_are_looked_over_in_time(api: ApiFor, author: User) -> None:
    """Quadratic work would take minutes here."""
    body = "<p>" + '<a href="/posts/x"></a><img src="/media/a.webp">' * 8000 + "</p>"
    assert len(_check(api, author, body=body, body_format="html")) == 100
