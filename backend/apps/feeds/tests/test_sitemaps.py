"""Sitemaps and robots.txt, as search engines read them."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.common import outbox
from apps.feeds.models import PART_SIZE, SitemapPart
from apps.feeds.services import touch_sitemap
from apps.feeds.sitemaps import _PLACES, _rows, _standing
from apps.pages.services import save_page
from apps.posts.models import CoAuthor, Post, PostTag
from apps.posts.services import trash_post, update_post
from apps.posts.tests.factories import STATES, make_post
from apps.tags.models import Category
from apps.tags.services import create_category

pytestmark = pytest.mark.django_db
BASE = settings.PUBLIC_URL
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}


@pytest.fixture(autouse=True)
def _ids_from_one(db: None) -> None:
    """Files are numbered by ids, and PostgreSQL goes on counting from test to test."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence('posts_post', 'id'), 1, false)")


def tree(path: str) -> ElementTree.Element:
    response = Client().get(path)
    assert response.status_code == 200, path
    assert response.headers["Content-Type"].startswith("application/xml")
    return ElementTree.fromstring(response.content)


def locations(path: str) -> list[str]:
    found = tree(path)
    return [str(node.text) for node in (*found.findall("s:url/s:loc", NAMES), *found.findall("s:sitemap/s:loc", NAMES))]


def test_everything_that_is_public_is_found_from_the_index(author: User) -> None:
    create_category(name="Craft")
    category = Category.objects.get(slug="craft")
    posts = {
        state: make_post(author, state, title=f"State {state}", tags=["größe"], category=category)
        for state in (*STATES, "trashed")
    }
    save_page(title="About")
    save_page(title="Hidden", status="draft")
    files = locations("/sitemap.xml")
    assert all(file.startswith(f"{BASE}/sitemaps/") for file in files)
    found = [address for file in files for address in locations(file.removeprefix(BASE))]
    assert sorted(found) == sorted(
        f"{BASE}{path}"
        for path in (
            *("/", "/archive", "/pages/about", "/categories/craft", "/tags/gr%C3%B6%C3%9Fe", "/authors/author"),
            *(f"/posts/{posts[state].slug}" for state in ("due", "published")),
        )
    )


def test_posts_name_their_images_and_last_change(author: User) -> None:
    body = "![one](/media/images/a/one.webp)\n\n![two](https://img.example.org/two.png?a=1&b=2)"
    post = make_post(author, body=body, cover_url="/media/images/a/cover.webp")
    (url,) = tree("/sitemaps/posts-1.xml").findall("s:url", NAMES)
    images = [node.text for node in url.findall("i:image/i:loc", NAMES)]
    assert images == [
        f"{BASE}/media/images/a/cover.webp",
        f"{BASE}/media/images/a/one.webp",
        "https://img.example.org/two.png?a=1&b=2",
    ]
    assert url.findtext("s:lastmod", None, NAMES) == post.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_index_says_when_a_file_last_changed(author: User) -> None:
    post = make_post(author)
    outbox.drain()
    changed = SitemapPart.objects.get(number=1).changed_at
    said = {
        str(file.findtext("s:loc", "", NAMES)): file.findtext("s:lastmod", None, NAMES)
        for file in tree("/sitemap.xml").findall("s:sitemap", NAMES)
    }
    assert said[f"{BASE}/sitemaps/posts-1.xml"] == changed.strftime("%Y-%m-%dT%H:%M:%SZ")
    update_post(post=post, changes={"title": "Anew"})
    outbox.drain()
    assert SitemapPart.objects.get(number=1).changed_at > changed


def files_of(kind: str) -> list[str]:
    """Of that kind, by the index: which file a row stands in depends on its id."""
    files = [str(at.text).removeprefix(BASE) for at in tree("/sitemap.xml").findall("s:sitemap/s:loc", NAMES)]
    return [path for path in files if path.startswith(f"/sitemaps/{kind}-")]


def times(kind: str) -> dict[str, str | None]:
    return {
        str(url.findtext("s:loc", "", NAMES)).removeprefix(BASE): url.findtext("s:lastmod", None, NAMES)
        for path in files_of(kind)
        for url in tree(path).findall("s:url", NAMES)
    }


def publish_at(day: str, author: User, **changes: Any) -> Post:
    post = make_post(author, title=day, **changes)
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
    Post.objects.filter(pk=post.pk).update(published_at=moment)
    PostTag.objects.filter(post=post).update(published_at=moment)
    return post


def test_lists_say_when_their_newest_post_was_published(author: User, django_assert_num_queries: Any) -> None:
    other = UserFactory.create(username="other", roles=["author"])
    crafts = create_category(name="Crafts")
    bread = create_category(name="Bread", parent=crafts)
    publish_at("2024-01-05", author, tags=["Sea"], category=crafts)
    publish_at("2024-02-06", author, tags=["Sea", "Maps"], category=bread)
    publish_at("2024-03-07", author)
    third = UserFactory.create(username="third", roles=["author"], post_count=1)
    CoAuthor.objects.create(post=publish_at("2024-01-09", other), user=third)
    publish_at("2999-01-01", author, tags=["Sea"], category=bread)

    day = "{}T00:00:00Z".format
    assert times("pages") == dict.fromkeys(("/", "/archive"), day("2024-03-07"))
    assert times("tags") == {"/tags/sea": day("2024-02-06"), "/tags/maps": day("2024-02-06")}
    assert times("categories") == {
        "/categories/crafts": day("2024-02-06"),
        "/categories/bread": day("2024-02-06"),
    }
    assert times("authors") == {
        "/authors/author": day("2024-03-07"),
        "/authors/other": day("2024-01-09"),
        "/authors/third": None,
    }
    for kind, queries in {"pages": 2, "tags": 1, "categories": 2, "authors": 1, "series": 1}.items():
        path = next(iter(files_of(kind)), f"/sitemaps/{kind}-1.xml")
        with django_assert_num_queries(queries):
            Client().get(path)
    assert tree("/sitemap.xml").findtext("s:sitemap/s:lastmod", None, NAMES) == day("2024-03-07")


def make_many() -> None:
    """Posts of many people in many categories, and PostgreSQL knows of them: among few, any index is as good."""
    now = timezone.now()
    for number in range(40):
        writer = UserFactory.create(roles=["author"], post_count=5)
        category = create_category(name=f"Number {number}")
        Post.objects.bulk_create(
            Post(slug=f"{number}-{n}", author=writer, category=category, status="published", published_at=now)
            for n in range(5)
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE posts_post, accounts_user, tags_category")


@pytest.mark.parametrize("kind", ["pages", "tags", "categories", "authors"])
def test_looking_for_the_newest_post_walks_an_index(author: User, kind: str) -> None:
    make_post(author, tags=["Sea"], category=create_category(name="Crafts"))
    make_many()
    with CaptureQueriesContext(connection) as looks:
        list(_standing() if kind == "pages" else _PLACES[kind](_rows()[kind]))
    plans = []
    for look in looks:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute("SET LOCAL enable_bitmapscan = off")
                cursor.execute(f"EXPLAIN {look['sql']}")
            else:
                cursor.execute(f"EXPLAIN QUERY PLAN {look['sql']}")
            plans += [" ".join(map(str, row)) for row in cursor.fetchall()]

    index = {
        "pages": "post_feed",
        "tags": "post_tag_feed",
        "categories": "post_in_category",
        "authors": "post_by_author",
    }
    of_posts = [line for line in plans if re.search(r"posts_post(tag)?\b| U0 ", line)]
    assert any(index[kind] in line for line in of_posts), plans
    assert not any("TEMP B-TREE" in line and kind != "pages" for line in of_posts), plans


def test_what_has_its_home_elsewhere_is_left_out(author: User) -> None:
    make_post(author, title="Kept")
    make_post(author, title="Elsewhere", canonical_url="https://elsewhere.example.org/a")
    assert locations("/sitemaps/posts-1.xml") == [f"{BASE}/posts/kept"]


def test_files_are_split_by_number(author: User, django_assert_num_queries: Callable[[int], Any]) -> None:
    first = make_post(author, title="First")
    far = make_post(author, title="Far")
    now = timezone.now()
    Post.objects.bulk_create(
        Post(pk=PART_SIZE * 3 + n, slug=f"n{n}", author=author, status="published", published_at=now)
        for n in range(1, 40)
    )
    names = [name.rpartition("/")[2] for name in locations("/sitemap.xml")]
    assert [name for name in names if name.startswith("posts")] == ["posts-1.xml", "posts-4.xml"]
    assert locations("/sitemaps/posts-1.xml") == [f"{BASE}/posts/{post.slug}" for post in (first, far)]
    assert Client().get("/sitemaps/posts-2.xml").status_code == 404
    outbox.drain()
    for number in range(1, 5):
        touch_sitemap(PART_SIZE * number, now)
    with django_assert_num_queries(2):
        assert len(locations("/sitemaps/posts-4.xml")) == 39
    with django_assert_num_queries(9):
        locations("/sitemap.xml")


def test_whoever_has_it_already_gets_304(author: User, django_assert_num_queries: Callable[[int], Any]) -> None:
    post = make_post(author)
    client = Client()
    for path in ("/sitemap.xml", "/sitemaps/posts-1.xml", "/robots.txt", "/opensearch.xml"):
        tag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    outbox.drain()
    tag = client.get("/sitemaps/posts-1.xml").headers["ETag"]
    with django_assert_num_queries(1):
        assert client.get("/sitemaps/posts-1.xml", headers={"If-None-Match": tag}).status_code == 304
    update_post(post=post, changes={"title": "Anew"})
    outbox.drain()
    assert client.get("/sitemaps/posts-1.xml", headers={"If-None-Match": tag}).status_code == 200
    trash_post(post=Post.objects.get(pk=post.pk))
    assert Client().get("/sitemaps/posts-1.xml").status_code == 404


@pytest.mark.parametrize(
    "name", ["posts-0", "posts-99", "posts-9999999999999999999999", "users-1", "pages-2", "tags-1"]
)
def test_other_files_are_not_there(name: str) -> None:
    assert Client().get(f"/sitemaps/{name}.xml").status_code == 404


def test_robots_may_read_what_readers_read() -> None:
    response = Client().get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    rules = RobotFileParser()
    rules.parse(response.content.decode().splitlines())
    assert rules.site_maps() == [f"{BASE}/sitemap.xml"]
    for path in ("/", "/posts/a", "/tags/a", "/feed.rss", "/media/a.webp", "/assets/a.js"):
        assert rules.can_fetch("Googlebot", f"{BASE}{path}"), path
    for path in ("/admin/", "/api/v1/posts", "/search?q=a"):
        assert not rules.can_fetch("Googlebot", f"{BASE}{path}"), path
