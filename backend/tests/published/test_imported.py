"""What came from elsewhere is as valid as what was written here: feeds, sitemaps, structured data."""

import json
import re
from datetime import datetime
from urllib.parse import quote
from xml.etree import ElementTree

import feedparser
import pytest

from tests.published.conftest import public_addresses
from tests.published.imports import HIDDEN
from tests.published.test_agreement import POST_TYPES, squeezed, structured

MOST = 25
"""Feeds of each kind of thing; an export may bring hundreds of tags."""


def places(site):
    """Where feeds stand."""
    folders = (("tags", "slug"), ("categories", "slug"))
    named = [f"/{folder}/{quote(row[key])}" for folder, key in folders for row in site.every(folder)[:MOST]]
    authors = {row["author"]["username"] for row in site.every("posts")}
    posts = [f"/posts/{quote(row['slug'])}" for row in site.every("posts")]
    return ["", "/comments", *named, *(f"/authors/{quote(name)}" for name in authors), *posts[-MOST:]]


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_every_feed_is_valid(site, kind):
    wrong = []
    for place in places(site):
        answer = site.get(f"{place}/feed.{kind}")
        found = feedparser.parse(answer.body, response_headers={"content-type": answer.headers["Content-Type"]})
        ids = [entry.get("id") for entry in found.entries]
        checks = {
            "status": answer.status == 200,
            "form": not found.bozo,
            "version": found.version == {"rss": "rss20", "atom": "atom10"}[kind],
            "title": bool(found.feed.get("title", "").strip()),
            "ids": all(ids) and len(set(ids)) == len(ids),
            "titles": all("title" in entry or "summary" in entry for entry in found.entries),
            "links": all(entry.get("link", "").startswith(f"{site.base}/") for entry in found.entries),
            "dates": all(entry.get("published_parsed") or entry.get("updated_parsed") for entry in found.entries),
        }
        wrong += [f"{place}/feed.{kind}: {check}" for check, good in checks.items() if not good]
    assert not wrong, "\n".join(wrong)


def test_every_json_feed_is_valid(site):
    wrong = []
    for place in places(site):
        answer = site.get(f"{place}/feed.json")
        feed = json.loads(answer.body)
        items = feed["items"]
        checks = {
            "version": feed["version"] == "https://jsonfeed.org/version/1.1",
            "title": bool(feed["title"].strip()),
            "ids": all(isinstance(row["id"], str) and row["id"] for row in items),
            "text": all("content_html" in row or "content_text" in row for row in items),
            "links": all(row["url"].startswith(f"{site.base}/") for row in items),
            "dates": all(datetime.fromisoformat(row["date_published"]).tzinfo for row in items),
            "authors": all(author["name"].strip() for row in items for author in row.get("authors", [])),
        }
        wrong += [f"{place}/feed.json: {check}" for check, good in checks.items() if not good]
    assert not wrong, "\n".join(wrong)


def test_the_feed_of_a_tag_says_of_its_posts_what_the_api_says(site):
    (post,) = [row for row in site.every("posts") if row["slug"] == "markup"]
    (tag,) = [row["slug"] for row in post["tags"]]
    said = json.loads(site.get(f"/tags/{tag}/feed.json").body)["items"]
    (entry,) = [row for row in said if row["url"].endswith("/posts/markup")]
    assert entry["title"] == post["title"]
    assert "<script" not in entry["content_html"]
    assert "A first paragraph that is long enough to be compared" in entry["content_html"]


def test_structured_data_of_every_post_is_whole(site):
    wrong = []
    for row in site.every("posts"):
        path = f"/posts/{quote(row['slug'])}"
        nodes, _ = structured(site.get(path), site.base)
        (article,) = [node for node in nodes if node.get("@type") in POST_TYPES]
        (trail,) = [node for node in nodes if node.get("@type") == "BreadcrumbList"]
        steps, authors = trail["itemListElement"], article["author"]
        authors = authors if isinstance(authors, list) else [authors]
        checks = {
            "headline": 0 < len(article["headline"].strip()) <= 110,
            "dates": all(datetime.fromisoformat(article[key]).tzinfo for key in ("datePublished", "dateModified")),
            "authors": bool(authors) and all(person["name"].strip() for person in authors),
            "addresses": article["url"].startswith("http"),
            "positions": [step["position"] for step in steps] == list(range(1, len(steps) + 1)),
            "steps": all(step["name"].strip() for step in steps),
        }
        wrong += [f"{path}: {check}" for check, good in checks.items() if not good]
    assert not wrong, "\n".join(wrong)


def test_sitemaps_name_every_public_post_once(site):
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}

    def places_of(path):
        root = ElementTree.fromstring(site.get(path).body)
        return [str(node.text).removeprefix(site.base) for node in root.findall(".//s:loc", space)]

    named = [place for index in places_of("/sitemap.xml") for place in places_of(index)]
    assert len(named) == len(set(named))
    here = {f"/posts/{quote(row['slug'])}" for row in site.every("posts") if not row.get("canonical_url")}
    assert not here - set(named)


def test_markup_in_a_title_stays_text(site):
    answer = site.get("/posts/markup")
    assert "<script>document.title" not in answer.text
    nodes, preview = structured(answer, site.base)
    (post,) = [row for row in site.every("posts") if row["slug"] == "markup"]
    assert squeezed(preview["og:title"]) == squeezed(post["title"])
    assert post["title"].startswith("Markup")
    assert any(node.get("headline", "").startswith("Markup") for node in nodes)


def test_what_was_not_public_there_is_not_public_here(site):
    feeds = [f"/feed.{kind}" for kind in ("rss", "atom", "json")]
    paths = [*public_addresses(site), *feeds, *(f"/posts/hidden-{name}" for name in ("draft", "private", "future"))]
    assert not [path for path in paths if HIDDEN in site.get(path).text]
    assert [site.get(f"/posts/hidden-{name}").status for name in ("draft", "private", "password", "future")] == [
        404
    ] * 4


def test_threads_come_whole(site):
    rows = site.every("posts/markup/comments")
    assert len(rows) >= 10
    assert max(row["depth"] for row in rows) > 1
    assert not [row for row in rows if re.search("<script", row["body_html"])]
