"""Feeds, as strangers' programs read them."""

from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from django.conf import settings
from django.test import Client

from apps.accounts.models import User
from apps.comments.services import Guest, Origin, add_comment, moderate_comment
from apps.posts.models import Post
from apps.posts.services import trash_post, update_post
from apps.posts.tests.factories import make_post
from apps.tags.models import Category
from apps.tags.services import create_category

pytestmark = pytest.mark.django_db
BASE = settings.PUBLIC_URL
KINDS = ("rss", "atom", "json")


@pytest.fixture
def post(author: User) -> Post:
    create_category(name="Craft")
    return make_post(
        author,
        title="Paper & ink <now>",
        excerpt="What paper does to ink.",
        body="Read [the other](/posts/other) and see.[^1]\n\n![A press](/media/images/x/press.webp)\n\n[^1]: A note.",
        tags=["Paper", "Größe"],
        category=Category.objects.get(slug="craft"),
        cover_url="/media/images/x/cover.webp",
        cover_alt="A cover",
        language="de",
    )


def parsed(path: str, **headers: str) -> Any:
    response = Client().get(path, headers=headers)
    assert response.status_code == 200, response.content[:300]
    found = feedparser.parse(response.content, response_headers={"content-type": response.headers["Content-Type"]})
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_feed_says_all_there_is_of_a_post(kind: str, post: Post) -> None:
    found = parsed(f"/feed.{kind}")
    assert found.version == {"rss": "rss20", "atom": "atom10"}[kind]
    assert found.feed.title == "Byline"
    assert found.feed.link.rstrip("/") == BASE
    assert found.feed.language == "en"
    (entry,) = found.entries
    assert entry.title in {"Paper & ink <now>", "Paper &amp; ink &lt;now&gt;"}
    assert entry.link == f"{BASE}/posts/{post.slug}"
    assert entry.id.startswith("tag:")
    assert entry.author == post.author.name
    assert [tag.term for tag in entry.tags] == ["Craft", "Paper", "Größe"]
    assert entry.published_parsed[:6] == post.published_at.timetuple()[:6]  # type: ignore[union-attr]
    assert entry.media_content[0]["url"] == f"{BASE}/media/images/x/cover.webp"
    html = entry.content[-1].value
    assert f'href="{BASE}/posts/other"' in html
    assert f'src="{BASE}/media/images/x/press.webp"' in html
    assert f'href="{BASE}/posts/{post.slug}#' in html
    assert {"self"} <= {link.rel for link in found.feed.links}


def test_json_feed_has_the_shape_of_version_1_1(post: Post) -> None:
    response = Client().get("/feed.json")
    assert response.headers["Content-Type"].startswith("application/feed+json")
    document = response.json()
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["feed_url"] == f"{BASE}/feed.json"
    (item,) = document["items"]
    assert item["id"].startswith("tag:")
    assert item["title"] == "Paper & ink <now>"
    assert item["language"] == "de"
    assert item["tags"] == ["Craft", "Paper", "Größe"]
    assert item["authors"] == [{"name": post.author.name, "url": f"{BASE}/authors/author"}]
    assert item["image"] == f"{BASE}/media/images/x/cover.webp"
    assert f'href="{BASE}/posts/other"' in item["content_html"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "place", ["/tags/paper", "/tags/größe", "/categories/craft", "/authors/author", "/authors/AUTHOR"]
)
def test_parts_have_feeds_of_their_own(place: str, kind: str, post: Post, outsider: User) -> None:
    make_post(outsider, title="Another matter")
    response = Client().get(f"{place}/feed.{kind}")
    assert response.status_code == 200
    text = response.content.decode()
    assert "Paper &" in text
    assert "Another matter" not in text
    assert "Another matter" in Client().get(f"/feed.{kind}").content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_everybody_may_read_is_in_any_feed(kind: str, author: User) -> None:
    states = ("draft", "scheduled", "due", "published", "archived", "trashed")
    posts = {state: make_post(author, state, title=f"Secret-{state}", tags=["t"]) for state in states}
    for place in ("", "/tags/t", "/authors/author"):
        text = Client().get(f"{place}/feed.{kind}").content.decode()
        assert {state for state in states if f"Secret-{state}" in text} == {"due", "published"}
    for state, post in posts.items():
        add_comment(post=post, author=None, body=f"Said-{state}", guest=Guest(name="G"), origin=_origin(post))
    text = Client().get(f"/comments/feed.{kind}").content.decode()
    assert {state for state in states if f"Said-{state}" in text} == {"due", "published"}
    for state, post in posts.items():
        status = Client().get(f"/posts/{post.slug}/feed.{kind}").status_code
        assert status == (200 if state in {"due", "published"} else 404), state


def _origin(post: Post) -> Origin:
    return Origin(created_at=post.created_at)


@pytest.mark.parametrize("kind", KINDS)
def test_comments_have_feeds(kind: str, post: Post, reader: User) -> None:
    shown = add_comment(post=post, author=reader, body="See [this](/posts/other).")
    gone = add_comment(post=post, author=reader, body="Unheard-of")
    moderate_comment(comment=gone, status="removed")
    for path in ("/comments", f"/posts/{post.slug}"):
        text = Client().get(f"{path}/feed.{kind}").content.decode()
        assert f"{BASE}/posts/{post.slug}#comment-{shown.pk}" in text
        assert f"{BASE}/posts/other" in text
        assert "Unheard-of" not in text
    if kind != "json":
        (entry,) = parsed(f"/comments/feed.{kind}").entries
        assert entry.author == reader.name


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_has_it_already_gets_304_and_no_texts(
    kind: str, post: Post, django_assert_num_queries: Callable[[int], Any]
) -> None:
    client = Client()
    first = client.get(f"/feed.{kind}")
    assert "s-maxage" in first.headers["Cache-Control"]
    assert "Cookie" not in first.headers.get("Vary", "")
    with django_assert_num_queries(1):
        again = client.get(f"/feed.{kind}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get(f"/feed.{kind}", headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert since.status_code == 304
    head = client.head(f"/feed.{kind}")
    assert (head.status_code, head.headers["ETag"]) == (200, first.headers["ETag"])


def test_whatever_shows_changes_the_tag(post: Post, author: User) -> None:
    client = Client()
    tags = [client.get("/feed.atom").headers["ETag"]]
    update_post(post=post, changes={"body": "Other words."})
    tags.append(client.get("/feed.atom").headers["ETag"])
    User.objects.filter(pk=author.pk).update(display_name="Somebody")
    tags.append(client.get("/feed.atom").headers["ETag"])
    trash_post(post=Post.objects.get(pk=post.pk))
    tags.append(client.get("/feed.atom").headers["ETag"])
    assert len(set(tags)) == 4


@pytest.mark.parametrize("kind", KINDS)
def test_queries_do_not_grow_with_the_posts(
    kind: str, author: User, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(40):
        make_post(author, title=f"No. {number}", tags=["t"])
    Client().get(f"/feed.{kind}")
    for path, queries in (("", 2), ("/tags/t", 4), ("/authors/author", 4)):
        with django_assert_num_queries(queries):
            text = Client().get(f"{path}/feed.{kind}").content.decode()
        assert "No. 39" in text
        assert "No. 10" in text
        assert "No. 9<" not in text
        assert '"No. 9"' not in text


def test_a_former_slug_leads_to_the_feed_of_today(post: Post) -> None:
    old = post.slug
    update_post(post=post, changes={"slug": "anew"})
    response = Client().get(f"/posts/{old}/feed.rss")
    assert (response.status_code, response.headers["Location"]) == (301, f"{BASE}/posts/anew/feed.rss")


@pytest.mark.parametrize(
    "path",
    [
        "/tags/none/feed.rss",
        "/tags/%00/feed.rss",
        "/categories/none/feed.atom",
        "/authors/nobody/feed.json",
        "/authors/%00/feed.json",
        "/authors/deactivated/feed.json",
        "/posts/none/feed.rss",
        "/posts/%00%FF/feed.rss",
        f"/posts/{'a' * 3000}/feed.rss",
    ],
)
def test_what_is_not_there_is_404(path: str, deactivated: User) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("path", ["/feed.rss?a=%00&b=%FF", "/feed.json?" + "a=1&" * 500])
@pytest.mark.parametrize("value", ["", "*, garbage", '"' * 500, "\xff", "Wed, 99 Foo 9999", "W/" * 99])
def test_strange_requests_are_answered_all_the_same(path: str, value: str) -> None:
    headers = {"If-None-Match": value, "If-Modified-Since": value, "Accept": value, "Cookie": value}
    assert Client().get(path, headers=headers).status_code in {200, 304}


def test_writing_to_a_feed_is_refused() -> None:
    assert Client().post("/feed.rss").status_code == 405


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_texts_cannot_break_the_document(kind: str, author: User) -> None:
    nasty = "]]></content><script>\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")
    make_post(author, title=f"{nasty} \x0b\x01 & ￾", body=f"`{nasty}` \x0c text", excerpt='"<>&\x08')
    (entry,) = parsed(f"/feed.{kind}").entries
    assert "😀" in entry.title


def test_an_empty_publication_has_valid_feeds() -> None:
    for kind in ("rss", "atom"):
        assert parsed(f"/feed.{kind}").entries == []
    assert Client().get("/feed.json").json()["items"] == []


def test_the_hub_is_named_where_there_is_one(post: Post, settings: Any) -> None:
    settings.WEBSUB_HUB = "https://hub.example.org"
    for kind in ("rss", "atom"):
        links = {link.rel: link.href for link in parsed(f"/feed.{kind}").feed.links}
        assert links["hub"] == "https://hub.example.org"
    response = Client().get("/feed.json")
    assert response.json()["hubs"] == [{"type": "WebSub", "url": "https://hub.example.org"}]
    assert '<https://hub.example.org>; rel="hub"' in response.headers["Link"]
    assert f'<{BASE}/feed.json>; rel="self"' in response.headers["Link"]


def test_republished_posts_keep_their_id(post: Post) -> None:
    before = parsed("/feed.atom").entries[0].id
    update_post(post=post, changes={"slug": "elsewhere", "title": "Renamed"})
    assert parsed("/feed.atom").entries[0].id == before


def test_a_series_has_a_feed_as_soon_as_a_part_is_public(author: User) -> None:
    make_post(author, "draft", title="Part two", series="A story")
    assert Client().get("/series/a-story/feed.rss").status_code == 404
    make_post(author, title="Part one", series="A story")
    found = parsed("/series/a-story/feed.rss")
    assert (found.feed.title, [entry.title for entry in found.entries]) == ("A story – Byline", ["Part one"])
    assert f"{BASE}/series/a-story" in Client().get("/sitemaps/series-1.xml").content.decode()
