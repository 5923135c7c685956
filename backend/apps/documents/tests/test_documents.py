"""What each address answers: its status, its headers, and what is filled into the page."""

import base64
import hashlib
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from django.urls import resolve

from apps.documents.addresses import Kind, read_address
from apps.documents.api import ask
from apps.documents.views import DOCUMENTS
from apps.posts.services import trash_post, update_post
from apps.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db
CANARY = "Zanzibarquux"


@pytest.fixture
def post(cast):
    return make_post(cast.author, title="A </title> & a half", slug="a-post")


def sha(content):
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def test_document_is_the_page_with_what_the_app_rendered(client, post):
    response = client.get("/posts/a-post")
    text = response.content.decode()
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "<title>A &lt;/title> &amp; a half</title>" in text
    assert '<div id="app"><h1>A &lt;/title> &amp; a half</h1></div>' in text
    assert '<script type="application/json" id="byline-data">{"title":"A \\u003c/title> & a half"}</script>' in text
    assert '<html lang="en" dir="ltr">' in text
    assert "byline:" not in text
    assert "X-Robots-Tag" not in response.headers


def test_policy_names_exactly_our_own_inline_code(client, post):
    policy = client.get("/posts/a-post").headers["Content-Security-Policy"]
    assert f"script-src 'self' {sha('shell()')} {sha('theme()')};" in policy
    assert f"style-src 'self' {sha('b{}')};" in policy
    assert "unsafe" not in policy


def test_markup_that_is_not_ours_gets_no_hash(client, app):
    script = app / "server.js"
    script.write_text(script.read_text().replace("html: `<h1>", "html: `<script>evil()</script><style>i{}</style><h1>"))
    policy = client.get("/tags/one").headers["Content-Security-Policy"]
    assert sha("evil()") not in policy
    assert sha("i{}") not in policy


def test_document_is_kept_shortly_by_proxies_and_revalidated_by_browsers(client, post):
    with time_machine.travel("2031-03-01T10:00:00Z", tick=False) as clock:
        first = client.get("/posts/a-post")
        clock.shift(3600)
        again = client.get("/posts/a-post", HTTP_IF_NONE_MATCH=first.headers["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Last-Modified"] == first.headers["Last-Modified"] == "Sat, 01 Mar 2031 10:00:00 GMT"
        update_post(post=post, changes={"title": "Another"}, expected=None, editor=post.author, is_direct=True)
        changed = client.get("/posts/a-post", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert changed.status_code == 200
    assert changed.headers["Last-Modified"] == "Sat, 01 Mar 2031 11:00:00 GMT"
    assert changed.headers["Cache-Control"].startswith("public, max-age=0, s-maxage=10,")
    assert "Set-Cookie" not in changed.headers
    assert "Cookie" not in changed.headers.get("Vary", "")


def test_head_has_the_headers_alone(client, post):
    whole, head = client.get("/posts/a-post"), client.head("/posts/a-post")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_documents_are_only_read(client, method):
    assert getattr(client, method)("/").status_code == 405


@pytest.mark.parametrize("path", ["/posts/none", "/nothing", "/posts", "/posts/a/b", "/archive/12", "/writer", "/.env"])
def test_what_is_not_there_is_404(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert b"<h1>Nothing here</h1>" in response.content
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=10"


def test_old_slug_leads_to_the_current_one(client, post):
    update_post(post=post, changes={"slug": "new-näme"}, expected=None, editor=post.author, is_direct=True)
    response = client.get("/posts/a-post?utm=1")
    assert (response.status_code, response.headers["Location"]) == (301, "/posts/new-n%C3%A4me")
    assert client.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize("slug", ["夏の終わりに", "نهاية-الصيف", "\U00020000" * 100])
def test_names_of_any_script_and_length_have_documents(client, cast, slug):
    post = make_post(cast.author, title="Summer", slug=slug)
    address = f"/posts/{quote(slug)}"
    assert client.get(address).status_code == 200
    slashed = client.get(f"{address}/")
    assert (slashed.status_code, slashed.headers["Location"]) == (301, address)
    update_post(post=post, changes={"slug": f"{slug[:98]}-2"}, expected=None, editor=post.author, is_direct=True)
    moved = client.get(address)
    assert (moved.status_code, moved.headers["Location"]) == (301, f"/posts/{quote(slug[:98])}-2")
    assert client.get(moved.headers["Location"]).status_code == 200


@pytest.mark.parametrize("asked", ["/tags/caf%c3%a9", "/tags/%63af%C3%A9", "/tags/café"])
def test_an_address_is_rendered_in_one_spelling_however_it_is_encoded(client, asked):
    assert '<div id="app"><h1>/tags/caf%C3%A9</h1>' in client.get(asked).content.decode()


@pytest.mark.parametrize(
    ("asked", "leads_to"), [("/tags/cafe%CC%81", "/tags/caf%C3%A9"), ("/posts/%E3%81%8B%E3%82%99/", "/posts/%E3%81%8C")]
)
def test_decomposed_letters_lead_to_the_composed_ones_that_names_are_kept_in(client, asked, leads_to):
    response = client.get(asked)
    assert (response.status_code, response.headers["Location"]) == (301, leads_to)


def test_trashed_post_is_gone_and_a_trashed_draft_never_was(client, post):
    draft = make_post(post.author, "draft", title=CANARY, slug="draft")
    for each in (post, draft):
        trash_post(post=each, expected=None)
    assert client.get("/posts/a-post").status_code == 410
    assert client.get("/posts/draft").status_code == 404


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [("/posts/a-post/", "/posts/a-post"), ("//evil.example/", "/evil.example"), ("/a?b#/", "/a%3Fb%23")],
)
def test_slash_at_the_end_leads_to_the_address_without(client, asked, leads_to):
    response = client.get("/", PATH_INFO=asked)
    assert (response.status_code, response.headers["Location"]) == (301, leads_to)


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/?cursor=abc", "/"),
        ("/tags/caf%C3%A9?cursor=abc&utm=1", "/tags/caf%C3%A9"),
        ("/?tag=a&cursor=W10&category=b%26c", "/?category=b%26c&tag=a"),
        ("/search?q=two+words&cursor=abc", "/search?q=two+words"),
        (f"/archive/2026?cursor={'x' * 450}", "/archive/2026"),
    ],
)
def test_page_that_the_list_has_not_leads_to_where_it_begins(client, asked, leads_to):
    response = client.get(asked)
    assert (response.status_code, response.headers["Location"]) == (302, leads_to)


def test_page_further_back_has_a_document(client, api, author):
    for _ in range(2):
        make_post(author)
    cursor = parse_qs(urlsplit(api().get("/api/v1/posts?limit=1").json()["next"]).query)["cursor"][0]
    assert client.get(f"/?cursor={cursor}").status_code == 200


@pytest.mark.parametrize("asked", ["/archive/2013/1", "/archive/2013/1/?cursor=abc"])
def test_month_of_one_digit_leads_to_that_of_two(client, asked):
    response = client.get(asked)
    assert (response.status_code, response.headers["Location"]) == (301, "/archive/2013/01")


@pytest.mark.parametrize("path", ["/archive/2013/01", "/archive/2013/11", "/archive/2013/0", "/archive/2013"])
def test_other_months_stay_where_they_are(client, path):
    assert client.get(path).status_code == 200


def test_redirects_stay_in_the_publication(client):
    assert client.get("/tags/redirects").headers["Location"] == "/evil.example/x"


@pytest.mark.parametrize(
    "path", ["/sign-in", "/write", "/write/new", "/write/posts/x", "/account/security", "/index.html"]
)
def test_personal_addresses_get_the_bare_app(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert b'<div id="app"></div>' in response.content
    assert b'<meta name="robots" content="noindex">' in response.content
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert sha("shell()") in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "rendered"),
    [
        ("/search?utm=1&q=two+words&cursor=&type=posts", "/search?q=two+words&type=posts"),
        ("/search?q=%26type%3Dx%22%3C/title%3E", "/search?q=%26type%3Dx%22%3C%2Ftitle%3E"),
        ("/?tag=a&category=b&fields=body&fields=x", "/?category=b&tag=a"),
        ("/tags/caf%C3%A9?q=1", "/tags/caf%C3%A9"),
        ("/tags/%3Fq=1", "/tags/%3Fq%3D1"),
        (f"/search?q={'x' * 600}", f"/search?q={'x' * 500}"),
    ],
)
def test_only_what_an_address_knows_reaches_the_app(client, asked, rendered):
    html = client.get(asked).content.decode().partition('<div id="app"><h1>')[2].partition("</h1>")[0]
    assert html == rendered.replace("&", "&amp;")


def test_signed_in_caller_gets_what_everybody_gets(api, cast, post):
    make_post(cast.author, "draft", title=CANARY, slug="mine")
    client = api(cast.author)
    assert client.get("/api/v1/posts/mine").status_code == 200
    response = client.get("/posts/mine")
    assert response.status_code == 404
    assert CANARY not in response.content.decode()


def test_own_questions_count_for_nobody(client, post, settings):
    settings.RATE_LIMITS_ENABLED = True
    settings.RATE_LIMITS = {"anonymous": 2, "signed-in": 2}
    assert [client.get("/posts/a-post").status_code for _ in range(5)] == [200] * 5


def test_answers_carry_the_id_of_the_request_that_needed_them(rf):
    request = rf.get("/posts/none")
    request.request_id = "outer-1234"
    answer = ask("/api/v1/posts/none", on_behalf_of=request)
    assert (answer.status, json.loads(answer.body)["request_id"]) == (404, "outer-1234")


@pytest.mark.parametrize("address", ["/admin/", "https://evil.example/api/v1/site", "/api/v2", f"/api/v1/{'x' * 5000}"])
def test_only_the_api_is_asked(rf, address):
    assert ask(address, on_behalf_of=rf.get("/")).status == 404


def test_api_that_is_away_makes_no_document(client, post, monkeypatch):
    view = resolve("/api/v1/posts/a-post").func.cls  # type: ignore[attr-defined]

    def away(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(view, "retrieve", away)
    response = client.get("/posts/a-post")
    assert (response.status_code, response.headers["Cache-Control"]) == (503, "no-store")
    assert response.headers["Retry-After"] == "5"


def test_app_that_could_not_get_what_it_needs_makes_no_document(client):
    response = client.get("/tags/unavailable")
    assert (response.status_code, response.headers["Cache-Control"]) == (503, "no-store")


def test_app_that_was_never_built_is_missing(client, app):
    (app / "index.html").unlink()
    assert client.get("/").status_code == 404


def test_page_that_is_away_for_a_moment_is_not_missed(client, app):
    client.get("/")
    (app / "index.html").unlink()
    assert client.get("/").status_code == 200


def test_every_address_of_the_app_is_known_here(rf):
    """The app's own list, with something in place of its parameters."""
    routes = (Path(settings.PROJECT_DIR) / "frontend" / "src" / "app" / "routes.ts").read_text()
    paths = re.findall(r"path: '(/[^']*)'", routes)
    assert len(paths) > 20
    for path in paths:
        if "(.*)*" in path:
            continue
        example = re.sub(r":year\([^)]*\)", "2026", re.sub(r":month\([^)]*\)", "07", path))
        example = re.sub(r":\w+", "some-name", example)
        assert read_address(rf.get(example)).kind is not Kind.UNKNOWN, example


def test_operators_can_count_what_came_of_documents(client, post, app):
    def count(outcome):
        return DOCUMENTS.labels(outcome)._value.get()

    before = {outcome: count(outcome) for outcome in ("rendered", "bare", "unavailable")}
    client.get("/posts/a-post")
    client.get("/tags/unavailable")
    (app / "server.js").write_text("nonsense(")
    client.get("/posts/a-post")
    assert {outcome: count(outcome) - before[outcome] for outcome in before} == dict.fromkeys(before, 1)


@pytest.mark.parametrize("path", ["/", "/posts/a-post", "/nowhere"])
def test_nothing_can_be_sent_to_a_document(path):
    response = Client(enforce_csrf_checks=True).post(path, {"a": "b"})
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
