"""Addresses of what has a name in any script: valid URIs, and the same ones wherever they stand."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from apps.accounts.models import User
from apps.comments.services import add_comment
from apps.common.addresses import LONGEST_ADDRESS
from apps.pages.services import save_page
from apps.posts.models import Post
from apps.posts.services import update_post
from apps.posts.tests.factories import make_post
from apps.tags.models import Category
from apps.tags.services import create_category
from conftest import ApiFor

pytestmark = pytest.mark.django_db
BASE = settings.PUBLIC_URL
_URI = re.compile(r"https?://(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-F]{2})+")
TITLES = ("夏の終わりに", "نهاية الصيف", "The end of summer")


@pytest.fixture(params=TITLES)
def post(author: User, request: pytest.FixtureRequest) -> Post:
    title = request.param
    create_category(name=f"{title} 1")
    return make_post(author, title=title, tags=[title], series=title, category=Category.objects.get())


def _addresses_in(answer: Any) -> Iterator[str]:
    """Every text of the answer that begins like an address of ours."""
    if isinstance(answer, dict):
        answer = list(answer.values())
    if isinstance(answer, list):
        for each in answer:
            yield from _addresses_in(each)
    elif isinstance(answer, str) and answer.startswith(BASE):
        yield answer


def _addresses_in_xml(content: bytes) -> Iterator[str]:
    for node in ElementTree.fromstring(content).iter():
        yield from _addresses_in([node.text or "", *node.attrib.values()])


def test_the_api_says_where_people_read_it(post: Post, api: ApiFor) -> None:
    save_page(title=post.title)
    slug = quote(post.slug)
    for path, url in {
        f"/posts/{slug}": f"{BASE}/posts/{slug}",
        f"/pages/{slug}": f"{BASE}/pages/{slug}",
    }.items():
        assert api().get(f"/api/v1{path}").json()["url"] == url
        listed = api().get(f"/api/v1/{path.split('/')[1]}").json()["results"]
        assert [row["url"] for row in listed] == [url]


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_feeds_name_the_same_addresses_as_the_api(kind: str, post: Post, api: ApiFor) -> None:
    comment = add_comment(post=post, author=post.author, body="So it is.")
    slug, tag, category = quote(post.slug), quote(post.shown_tags[0][0]), quote(Category.objects.get().slug)
    url = api().get(f"/api/v1/posts/{slug}").json()["url"]
    for folder in ("", f"/tags/{tag}", f"/categories/{category}", f"/series/{slug}", f"/posts/{slug}", "/comments"):
        response = Client().get(f"{folder}/feed.{kind}")
        assert response.status_code == 200, folder
        read = _addresses_in_xml if kind != "json" else lambda content: _addresses_in(json.loads(content))
        found = set(read(response.content))
        assert all(_URI.fullmatch(address) for address in found), found
        own = f"{BASE}{folder}/feed.{kind}"
        assert own in found
        assert response.headers["Link"] == f'<{own}>; rel="self"'
        about_comments = folder in {f"/posts/{slug}", "/comments"}
        assert (f"{url}#comment-{comment.pk}" if about_comments else url) in found


def test_ids_in_feeds_hold_no_slug(post: Post) -> None:
    (item,) = Client().get("/feed.json").json()["items"]
    assert item["id"] == f"tag:{settings.PUBLIC_HOST},{post.created_at.year}:posts/{post.pk}"


def test_the_sitemap_names_the_same_addresses(post: Post) -> None:
    save_page(title=post.title)
    index = set(_addresses_in_xml(Client().get("/sitemap.xml").content))
    found = {place for file in index for place in _addresses_in_xml(Client().get(file.removeprefix(BASE)).content)}
    slug, category = quote(post.slug), quote(Category.objects.get().slug)
    assert {f"{BASE}/{folder}/{slug}" for folder in ("posts", "pages", "tags", "series")} <= found
    assert f"{BASE}/categories/{category}" in found
    assert all(_URI.fullmatch(address) for address in found), found


def test_oembed_takes_and_gives_the_address(post: Post, api: ApiFor) -> None:
    url = api().get(f"/api/v1/posts/{quote(post.slug)}").json()["url"]
    for asked in (url, f"{BASE}/posts/{post.slug}"):
        html = Client().get("/oembed", {"url": asked}).json()["html"]
        assert re.findall(r'(?:href|cite)="([^"]*)"', html) == [url, url]


def test_a_former_slug_leads_on_by_a_valid_address(post: Post, api: ApiFor, author: User) -> None:
    old = quote(post.slug)
    update_post(post=post, changes={"slug": f"{post.slug}-2"}, editor=author)
    new = f"{old}-2"
    for path, status in {"/posts/{}/feed.atom": 301, "/api/v1/posts/{}": 308}.items():
        moved = Client().get(path.format(old))
        assert moved.status_code == status
        assert moved.headers["Location"].removeprefix(BASE) == path.format(new)
        assert Client().get(path.format(new)).status_code == 200


def test_the_pages_of_a_list_have_valid_addresses(post: Post, api: ApiFor) -> None:
    tag = post.shown_tags[0][0]
    make_post(post.author, title="Another", tags=[post.title])
    # Some clients do not encode what they ask for.
    for query in (f"tag={quote(tag)}&limit=1", f"tag={tag}&limit=1"):
        first = Client().get("/api/v1/posts", QUERY_STRING=query.encode().decode("latin-1"))
        link = first.json()["next"]
        assert first.headers["Link"] == f'<{link}>; rel="next"'
        assert _URI.fullmatch(link), link
        assert [row["slug"] for row in Client().get(link).json()["results"]] == [post.slug]


def test_the_query_of_a_former_address_comes_along_valid(post: Post, author: User) -> None:
    old = post.slug
    update_post(post=post, changes={"slug": "elsewhere"}, editor=author)
    query = f"cursor={old}".encode().decode("latin-1")
    moved = Client().get(f"/api/v1/posts/{quote(old)}/comments", QUERY_STRING=query)
    assert moved.status_code == 308
    assert moved.headers["Location"] == f"/api/v1/posts/elsewhere/comments?cursor={quote(old)}"


def test_a_name_as_long_as_it_may_be_fits(author: User, api: ApiFor) -> None:
    """Four bytes each, which makes twelve characters of an address."""
    post = make_post(author, slug="\U00020000" * 100)
    answer = api().get(f"/api/v1/posts/{quote(post.slug)}").json()
    assert len(answer["url"]) <= LONGEST_ADDRESS
    assert _URI.fullmatch(answer["url"])


def test_where_a_text_first_stood_is_kept_as_a_uri(author: User, api: ApiFor) -> None:
    client = api(author)
    draft = client.post("/api/v1/posts", {"title": "Summer", "canonical_url": "https://a.example/夏?b=%20&c=é#d"})
    assert draft.json()["canonical_url"] == "https://a.example/%E5%A4%8F?b=%20&c=%C3%A9#d"
    path, seen = f"/api/v1/posts/{draft.json()['slug']}", {"If-Match": "*"}
    again = client.patch(path, {"canonical_url": draft.json()["canonical_url"]}, headers=seen)
    assert again.json()["canonical_url"] == draft.json()["canonical_url"]
    refused = client.patch(path, {"canonical_url": f"https://a.example/{'夏' * 100}"}, headers=seen)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/canonical_url"
