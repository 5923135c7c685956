"""Links in the profile: PATCH /me, and where they are shown."""

from typing import Any

import pytest

from apps.accounts.models import User

pytestmark = pytest.mark.django_db

ME = "/api/v1/me"
LINKS = [
    {"label": "Maps", "url": "https://maps.example.org/rae?x=1#top"},
    {"label": "Öffentlich", "url": "http://example.com"},
]


def test_links_are_kept_in_order_and_shown_to_everybody(api: Any, reader: User) -> None:
    client = api(reader)
    response = client.patch(ME, {"links": LINKS})

    assert response.status_code == 200, response.content
    assert response.json()["links"] == LINKS
    assert response.json()["version"] == reader.version + 1
    assert api().get(f"/api/v1/users/{reader.username}").json()["links"] == LINKS
    assert client.patch(ME, {"links": LINKS}).json()["version"] == reader.version + 1
    assert client.patch(ME, {"bio": "Reads."}).json()["links"] == LINKS
    assert client.patch(ME, {"links": []}).json()["links"] == []


def test_label_is_brought_into_one_line(api: Any, reader: User) -> None:
    link = {"label": "  My\n\tmaps ", "url": "https://example.org"}

    assert api(reader).patch(ME, {"links": [link]}).json()["links"][0]["label"] == "My maps"


@pytest.mark.parametrize(
    ("links", "pointer"),
    [
        ([LINKS[0], {"label": "A", "url": "javascript:alert(1)"}], "/links/1/url"),
        ([{"label": "A", "url": "data:text/html,x"}], "/links/0/url"),
        ([{"label": "A", "url": "ftp://example.org"}], "/links/0/url"),
        ([{"label": "A", "url": "/media/x"}], "/links/0/url"),
        ([{"label": "A", "url": "https://example.org/" + "x" * 300}], "/links/0/url"),
        ([{"label": "A", "url": ""}], "/links/0/url"),
        ([{"label": "A", "url": 5}], "/links/0/url"),
        ([{"label": "x" * 41, "url": "https://example.org"}], "/links/0/label"),
        ([{"label": " \n ", "url": "https://example.org"}], "/links/0/label"),
        ([{"url": "https://example.org"}], "/links/0/label"),
        ([{"label": "A", "url": "https://example.org", "rel": "me"}], "/links/0/rel"),
        (["https://example.org"], "/links/0"),
        ([None], "/links/0"),
        ([LINKS[0]] * 6, "/links"),
        ({"label": "A", "url": "https://example.org"}, "/links"),
        ("https://example.org", "/links"),
        (None, "/links"),
    ],
)
def test_bad_link_is_named_to_the_last_part(api: Any, reader: User, links: Any, pointer: str) -> None:
    response = api(reader).patch(ME, {"links": links})

    assert response.status_code == 400, response.content
    assert pointer in [row["pointer"] for row in response.json()["errors"]], response.content
    assert User.objects.get(pk=reader.pk).links == []
