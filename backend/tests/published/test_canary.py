"""What is private is in no document, feed, sitemap, answer of the search, kept copy or log."""

import os
import re
import secrets
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.published.conftest import public_addresses

FEEDS = ("/feed.rss", "/feed.atom", "/feed.json", "/comments/feed.rss", "/opensearch.xml", "/robots.txt")
SOON = "2099-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def canary():
    """A word that is nowhere else, in letters alone, so that nothing escapes or splits it."""
    return "zq" + secrets.token_hex(12).translate(str.maketrans("0123456789", "ghijklmnop"))


@pytest.fixture(scope="module")
def private(site, canary):
    """One of everything that is not for everybody, its title and text with the canary in them."""
    text = {"body": f"The {canary} is not for you.", "excerpt": f"About {canary}."}

    def draft(name):
        return site.write("POST", "posts", {"title": f"Secret {canary}", "slug": f"private-{name}-{token}", **text})

    token = secrets.token_hex(4)
    draft("draft")
    scheduled = draft("scheduled")
    version = f'"{scheduled["version"]}"'
    site.write("POST", f"posts/{scheduled['slug']}/schedule", {"published_at": SOON}, If_Match=version)
    site.trash(draft("trashed")["slug"])
    public = site.publish(title="Nothing to hide", slug=f"public-{token}")
    copy = {"title": f"Secret {canary}", **text}
    site.write("PUT", f"posts/{public['slug']}/working-copy", copy, If_None_Match="*")
    names = ("draft", "scheduled", "trashed")
    return [f"private-{name}-{token}" for name in names], public["slug"]


def locations(site, index):
    """The addresses that a sitemap names, as paths."""
    return [place.removeprefix(site.base) for place in re.findall(r"<loc>([^<]+)</loc>", site.get(index).text)]


def test_no_canary_gets_out(site, canary, private):
    hidden, public = private
    sitemaps = locations(site, "/sitemap.xml")
    paths = [
        *public_addresses(site),
        *(f"/posts/{slug}" for slug in [*hidden, public]),
        *(f"/api/v1/posts/{slug}" for slug in [*hidden, public]),
        *(f"/posts/{public}{feed}" for feed in FEEDS[:3]),
        *(f"/authors/{os.environ['AUTHOR']}{feed}" for feed in FEEDS[:3]),
        *(f"/oembed?url={quote(f'{site.base}/posts/{slug}', safe='')}" for slug in hidden),
        *(f"{search}?q={word}" for search in ("/search", "/api/v1/search") for word in ("secret", "not+for+you")),
        *("/sitemap.xml", *sitemaps, *FEEDS, "/manifest.webmanifest"),
    ]
    author = {"Authorization": f"Bearer {site.access}", "Cookie": f"sessionid={site.access}"}
    seen = []
    for path in paths:
        # The API itself shows an author what is theirs; nothing else knows who asks.
        callers = ({},) if path.startswith("/api/") else (author, {})
        seen += [path for headers in callers if canary in site.send("GET", path, headers=headers).text]
    assert len(paths) > 40
    assert not seen
    assert not [path for path in sitemaps for slug in hidden if slug in site.get(path).text]
    found = site.api(f"search?q={canary}")
    assert found["results"] == []


def test_no_canary_is_kept(site, canary, private):
    site.get("/")
    folders = [Path(os.environ["VAR_DIR"]) / "nginx" / "cache", Path(os.environ["LOG_DIR"])]
    assert any(folders[0].rglob("*"))
    for folder in folders:
        found = subprocess.run(["grep", "-rlai", canary, str(folder)], capture_output=True, text=True, check=False)
        # The search for the canary itself is the caller's own word; not even that is in a log.
        assert found.stdout == "", folder
