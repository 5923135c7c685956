"""oEmbed and OpenSearch."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from apps.accounts.models import User
from apps.feeds.oembed import HEIGHT, WIDTH
from apps.media.models import Image
from apps.posts.services import update_post
from apps.posts.tests.factories import make_post
from apps.site.services import update_site
from conftest import ApiFor

pytestmark = pytest.mark.django_db
BASE = settings.PUBLIC_URL


def ask(**query: Any) -> Any:
    return Client().get("/oembed", query)


def test_oembed_tells_of_a_post(author: User, django_assert_num_queries: Callable[[int], Any]) -> None:
    folder = "images/" + "a" * 24
    Image.objects.create(folder=folder, purpose="picture", shown="w.webp", width=1200, height=800)
    post = make_post(author, title="Ink <b>", excerpt='"Quoted" & <more>', cover_url=f"/media/{folder}/w.webp")
    ask(url=f"{BASE}/posts/{post.slug}")
    with django_assert_num_queries(2):
        response = ask(url=f"{BASE}/posts/{post.slug}")
    assert response.headers["Content-Type"].startswith("application/json")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    found = response.json()
    assert (found["version"], found["type"]) == ("1.0", "rich")
    assert (found["width"], found["height"]) == (WIDTH, HEIGHT)
    assert found["title"] == "Ink <b>"
    assert found["author_url"] == f"{BASE}/authors/author"
    assert found["thumbnail_url"] == f"{BASE}/media/{folder}/w.webp"
    assert (found["thumbnail_width"], found["thumbnail_height"]) == (1200, 800)
    assert "<b>" not in found["html"]
    assert "&quot;Quoted&quot; &amp; &lt;more&gt;" in found["html"]
    small = ask(url=f"{BASE}/posts/{post.slug}", maxwidth="300", maxheight="100").json()
    assert (small["width"], small["height"]) == (300, 100)
    assert "thumbnail_url" not in small


def test_one_description_stands_in_for_an_excerpt_everywhere(author: User, api: ApiFor) -> None:
    post = make_post(author, body=f"## Ink\n\nOn *paper*, {'and so on, ' * 40}")
    answer = api().get(f"/api/v1/posts/{post.slug}").json()
    description = answer["description"]
    assert description.startswith("Ink On paper, and so on,")
    assert description.endswith(" and so…")
    assert 160 <= len(description) <= 200
    assert answer["excerpt"] == ""
    assert f"<p>{description}</p>" in ask(url=f"{BASE}/posts/{post.slug}").json()["html"]
    item = ElementTree.fromstring(Client().get("/feed.rss").content).find("channel/item")
    assert item is not None
    assert item.findtext("description") == description
    update_post(post=post, changes={"excerpt": "My own."})
    assert api().get(f"/api/v1/posts/{post.slug}").json()["description"] == "My own."


def test_oembed_in_xml(author: User) -> None:
    post = make_post(author, title="Ink & <b>")
    response = ask(url=f"{BASE}/posts/{post.slug}", format="xml")
    assert response.headers["Content-Type"].startswith("text/xml")
    assert ElementTree.fromstring(response.content).findtext("title") == "Ink & <b>"


def test_oembed_knows_former_addresses(author: User) -> None:
    post = make_post(author, title="Before")
    update_post(post=post, changes={"slug": "after"})
    assert f"{BASE}/posts/after" in ask(url=f"{BASE}/posts/before").json()["html"]


@pytest.mark.parametrize("state", ["draft", "scheduled", "archived", "trashed"])
def test_oembed_is_silent_about_what_nobody_may_read(state: str, author: User) -> None:
    assert ask(url=f"{BASE}/posts/{make_post(author, state).slug}").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"url": "a" * 5000}, 400),
        ({"url": "nothing"}, 404),
        ({"url": "http://[::1"}, 404),
        ({"url": "https://elsewhere.example/posts/a"}, 404),
        ({"url": f"{BASE}/posts/none"}, 404),
        ({"url": f"{BASE}/posts/%00"}, 404),
        ({"url": f"{BASE}/posts/\x00"}, 404),
        ({"url": f"{BASE}/tags/a"}, 404),
        ({"url": f"{BASE}/posts/a", "format": "yaml"}, 501),
        ({"url": f"{BASE}/posts/a", "maxwidth": "-1"}, 400),
        ({"url": f"{BASE}/posts/a", "maxwidth": "0"}, 400),
        ({"url": f"{BASE}/posts/a", "maxheight": "²"}, 400),
        ({"url": f"{BASE}/posts/a", "maxheight": "9" * 400}, 400),
    ],
)
def test_oembed_says_what_it_cannot_do(query: dict[str, str], status: int) -> None:
    assert ask(**query).status_code == status


def test_browsers_learn_how_to_search() -> None:
    update_site(name="A publication with a long name & more", description="")
    response = Client().get("/opensearch.xml")
    assert response.headers["Content-Type"].startswith("application/opensearchdescription+xml")
    found = ElementTree.fromstring(response.content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(found.findtext(f"{space}ShortName") or "") <= 16
    assert found.findtext(f"{space}Description")
    templates = [node.get("template") for node in found.findall(f"{space}Url")]
    assert templates == [f"{BASE}/search?q={{searchTerms}}", f"{BASE}/opensearch.xml"]


@pytest.mark.parametrize(
    ("asked", "kept_at"),
    [
        *((path, "/feed.rss") for path in ("/rss.xml", "/feed.xml", "/rss", "/feed", "/feed/", "/feed/rss2/")),
        *((path, "/feed.atom") for path in ("/atom.xml", "/feed/atom/")),
        ("/comments/feed/", "/comments/feed.rss"),
    ],
)
def test_readers_who_subscribed_elsewhere_are_led_to_the_feed(asked: str, kept_at: str) -> None:
    response = Client().get(asked)
    assert (response.status_code, response.headers["Location"]) == (301, kept_at)
    assert Client().get(kept_at).status_code == 200
