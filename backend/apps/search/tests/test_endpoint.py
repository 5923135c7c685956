"""Searching over HTTP: shapes, pages, excerpts, and that no text is a bad query."""

import random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.comments.services import add_comment
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from apps.search.services.building import fill, start_anew
from apps.tags.services import create_category
from conftest import ApiFor

pytestmark = pytest.mark.django_db
URL = "/api/v1/search"
HOSTILE = (
    '"', '""', "'", "''", '" AND OR NOT *', "NEAR(a b)", "a NEAR/3 b", "title:x", "{title body} : a", "-a", "a*",
    "-", "--", '-"', '-""', "- -a", "-tag:", "-category:", '-category:"', "-!a", "a -:a", "a -=tag1", 'a -"b" -c',
    "^a", "+a", "a AND", "OR", "NOT NOT", "((((", "))))", "a & b | !c", "a <-> b", "a:*", ":a", "=tag1", "tag1",
    ":*A", "\\", "\\'", "%", "_", "%_%", "'; DROP TABLE search_word; --", "<script>", "<mark>x</mark>", "{{7*7}}",
    "${x}", "../../etc", "\u202e", "\u0301\u0301\u0301", "e" + "\u0301" * 150,
    "\U0001f600 \U0001f468\u200d\U0001f469", "\ufeff", "\xad", "\x7f", "\t\n\r", "tag:", 'tag:""', "tag::", "author:",
    'author:"', "before:", "before:0000", "before:0001", "before:9999-12-31", "before:2024-13-45", "after:99999",
    "after:-1", "before:٢٠٢٤", "before:２０２４",
    "tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:tag:",
    "a " * 100, "a" * 200, '"' * 200, "東" * 200, "ก" * 200, "ß" * 200, "ﷺ" * 60, "İ" * 200, "½ ² ①", "١٢٣",
    "0x1F 1e9 -0", "NULL null None true", "a\u2028b", "ـ" * 200,
    "\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f\u0915\u094d\u0937\u093f",
    "author:" + "x" * 190, "ŉ", "ᅠ", "ᄀ" * 50, "\u2044", "\u2044\u2044", "|", " | ", "!",
)  # fmt: skip


def index_all() -> None:
    start_anew()
    list(fill())


@pytest.fixture
def post(author: User) -> Post:
    post = make_post(
        author, title="Harbours & <b>tides</b>", body="Where *harbour* pilots <wait> for water.", tags=["Sea"]
    )
    index_all()
    return post


def test_a_post_comes_as_lists_show_it_with_what_matched(api: ApiFor, post: Post):
    (result,) = api().get(URL, {"q": "harbour"}).json()["results"]

    assert (result["type"], result["comment"]) == ("post", None)
    assert result["post"] == api().get("/api/v1/posts").json()["results"][0]
    assert result["title_html"] == "<mark>Harbours</mark> &amp; &lt;b&gt;tides&lt;/b&gt;"
    assert result["snippet_html"].startswith("Where <mark>harbour</mark> pilots")


def test_a_comment_comes_with_its_post_and_author(api: ApiFor, post: Post, reader: User):
    comment = add_comment(post=post, author=reader, body="I <3 seagulls.")
    index_all()

    (result,) = api().get(URL, {"q": "seagull", "type": "comments"}).json()["results"]

    assert (result["type"], result["post"]) == ("comment", None)
    assert result["comment"]["id"] == comment.pk
    assert result["comment"]["post"] == {"slug": post.slug, "title": post.title}
    assert result["comment"]["author"]["username"] == "reader"
    assert result["comment"]["url"].endswith(f"/posts/{post.slug}#comment-{comment.pk}")
    assert result["snippet_html"] == "I &lt;3 <mark>seagulls</mark>."


def test_type_narrows(api: ApiFor, post: Post, reader: User):
    add_comment(post=post, author=reader, body="A harbour of one's own.")
    index_all()

    kinds = {
        kind: [row["type"] for row in api().get(URL, {"q": "harbour", "type": kind}).json()["results"]]
        for kind in ("all", "posts", "comments")
    }

    assert kinds == {"all": ["post", "comment"], "posts": ["post"], "comments": ["comment"]}


@pytest.mark.parametrize("query", ["author:ines", "ines", "after:2000"])
def test_of_equal_answers_posts_stand_before_comments(api: ApiFor, query: str):
    ines = UserFactory.create(username="ines", display_name="Ines", roles=["author"])
    posts = [make_post(ines, title=f"Lantern {number}") for number in range(2)]
    for post in posts:
        add_comment(post=post, author=ines, body="A light.")
    index_all()

    pages, address = [], f"{URL}?q={query}&limit=1"
    while address:
        page = api().get(address).json()
        pages += [row["post"]["title"] if row["post"] else "comment" for row in page["results"]]
        address = page["next"]

    assert pages == ["Lantern 1", "Lantern 0", "comment", "comment"]


def test_a_category_may_have_many_below_it(api: ApiFor, author: User):
    top = create_category(name="Top")
    below = [create_category(name=f"Part {number}", parent=top) for number in range(60)]
    make_post(author, title="Lantern", category=below[-1])
    index_all()

    assert len(api().get(URL, {"q": "category:top lantern"}).json()["results"]) == 1
    assert len(api().get(URL, {"q": "-category:top after:2000"}).json()["results"]) == 0


def test_an_excerpt_shows_the_place_where_most_matches(api: ApiFor, author: User):
    make_post(
        author, title="Long", body="Nothing here. " * 300 + "At last a lantern, and a lantern again. " + "More. " * 300
    )
    index_all()

    (result,) = api().get(URL, {"q": "lantern"}).json()["results"]

    assert result["snippet_html"].count("<mark>lantern</mark>") == 2
    assert result["snippet_html"].startswith("… ")
    assert result["snippet_html"].endswith(" …")
    assert len(result["snippet_html"]) < 400


def test_pages_lead_through_all_results_and_back(api: ApiFor, author: User):
    for number in range(7):
        make_post(author, title=f"Lantern {number}" if number % 2 else f"Number {number}", body="A lantern.")
    index_all()
    whole = [row["post"]["slug"] for row in api().get(URL, {"q": "lantern"}).json()["results"]]

    pages, address = [], f"{URL}?q=lantern&limit=3"
    while address:
        page = api().get(address).json()
        pages.append([row["post"]["slug"] for row in page["results"]])
        address, last = page["next"], page
    before = api().get(last["previous"]).json()

    assert len(whole) == 7
    assert [slug for rows in pages for slug in rows] == whole
    assert [len(rows) for rows in pages] == [3, 3, 1]
    assert [row["post"]["slug"] for row in before["results"]] == pages[1]
    assert api().get(before["previous"]).json()["previous"] is None


@pytest.mark.parametrize(
    "cursor", ["x", "bm9wZQ", "WyJmb3VuZCIsMCwxLDIsInVzZXIiXQ", "WyJmb3VuZCIsMCwiYSIsMiwicG9zdCJd", "W10"]
)
def test_a_foreign_cursor_is_refused(api: ApiFor, post: Post, cursor: str):
    answer = api().get(URL, {"q": "harbour", "cursor": cursor})

    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "cursor")


@pytest.mark.parametrize("query", [{"q": "x" * 201}, {"type": "people"}, {"limit": 51}, {"limit": 0}, {"query": "a"}])
def test_what_the_parameters_cannot_be_is_named(api: ApiFor, query: dict[str, Any]):
    assert api().get(URL, query).status_code == 400


def test_500_hostile_queries_do_no_harm(api: ApiFor, post: Post):
    chance = random.Random(6)
    letters = "".join(HOSTILE) + "harbour "
    queries = list(HOSTILE)
    while len(queries) < 500:
        queries.append("".join(chance.choice(letters) for _ in range(chance.randint(1, 60))))
    client = api()

    for query in queries:
        answer = client.get(URL, {"q": query[:200]})
        assert answer.status_code == (400 if "\0" in query else 200), query
        for row in answer.json()["results"]:
            rest = (row["title_html"] + row["snippet_html"]).replace("<mark>", "").replace("</mark>", "")
            assert "<" not in rest, query
    assert len(client.get(URL, {"q": "harbour"}).json()["results"]) == 1


@pytest.mark.parametrize("text", ["lantern", '-well -"harbour wall" lantern'])
@pytest.mark.parametrize("rows", [1, 6])
def test_a_page_costs_the_same_number_of_queries_however_many_results_it_has(
    api: ApiFor, author: User, reader: User, django_assert_num_queries: Any, rows: int, text: str
):
    for number in range(rows):
        post = make_post(author, title=f"Lantern {number}", body="A lantern.", tags=["Sea"])
        add_comment(post=post, author=reader, body="Another lantern.")
    index_all()

    with django_assert_num_queries(14 if connection.vendor == "postgresql" else 12):
        results = api().get(URL, {"q": text}).json()["results"]

    assert len(results) == 2 * rows


@pytest.mark.parametrize(
    "text",
    [
        " ".join(f"zs{letter}e" for letter in "bcfghjkqvwxz"),
        " ".join(f"author:p{letter}" for letter in "bcfghjkqvwxz"),
        " ".join(f"tag:p{letter}" for letter in "bcfghjkqvwxz"),
        " ".join(f"category:p{letter}" for letter in "bcfghjkqvwxz"),
        " ".join(f"author:p{letter} -author:q{letter}" for letter in "bcfghj"),
        "-harbour " + " ".join(f"-author:p{letter}" for letter in "bcfghjkqvwxz"),
    ],
    ids=["slips", "people", "tags", "categories", "people and others", "others"],
)
def test_a_hostile_query_is_no_reason_for_many_looks(api: ApiFor, post: Post, text: str) -> None:
    with CaptureQueriesContext(connection) as looks:
        assert api().get("/api/v1/search", {"q": text}).json()["results"] == []
    slow = [look for look in looks if '"search_word"."length" >=' in look["sql"] or "display_name" in look["sql"]]
    assert len(slow) <= 2 * 3
    assert len(looks) <= 30
