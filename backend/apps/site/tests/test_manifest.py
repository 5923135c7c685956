"""The web app manifest."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from apps.site.manifest import icons, short_name
from apps.site.services import get_site, update_site

pytestmark = pytest.mark.django_db

ADDRESS = "/manifest.webmanifest"


def test_names_the_publication_as_its_record_does(client: Client) -> None:
    update_site(name="The Quiet Hour", language="de", accent_color="#123456", description="Essays")
    cache.clear()
    answer = client.get(ADDRESS)
    manifest = answer.json()
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (manifest["name"], manifest["short_name"]) == ("The Quiet Hour", "The Quiet")
    assert (manifest["lang"], manifest["dir"], manifest["theme_color"]) == ("de", "ltr", "#123456")
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}


def test_unchanged_manifest_is_not_sent_again(client: Client) -> None:
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    update_site(name="Another")
    cache.clear()
    assert client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post(ADDRESS).status_code == 405
    assert client.head(ADDRESS).content == b""


def test_it_costs_no_query_where_the_record_is_known(client: Client, django_assert_num_queries: Any) -> None:
    get_site()
    with django_assert_num_queries(0):
        client.get(ADDRESS)


def test_own_icon_stands_alone() -> None:
    assert icons("/media/icon.png") == [
        {"src": "/media/icon.png", "sizes": "any", "purpose": "any", "type": "image/png"}
    ]
    assert "type" not in icons("https://example.org/icon")[0]


@pytest.mark.parametrize(
    ("chosen", "leads_to"),
    [("", "/icon-192.png"), ("/media/icon.png", "/media/icon.png"), ("https://example.org/i", "https://example.org/i")],
)
def test_whoever_asks_for_favicon_ico_is_led_to_the_icon(client: Client, chosen: str, leads_to: str) -> None:
    update_site(icon_url=chosen)
    cache.clear()
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["Location"]) == (302, leads_to)


@pytest.mark.parametrize(
    ("name", "short"),
    [("Byline", "Byline"), ("A Very Long Name Indeed", "A Very Long"), ("Donaudampfschiff", "Donaudampfschiff")],
)
def test_short_name_keeps_whole_words(name: str, short: str) -> None:
    assert short_name(name) == short


def test_right_to_left_is_said(client: Client) -> None:
    update_site(language="ar")
    cache.clear()
    assert client.get(ADDRESS).json()["dir"] == "rtl"
