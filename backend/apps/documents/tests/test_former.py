"""Addresses of what was elsewhere before it was moved here."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.common.former_addresses import path_in, remember_addresses
from apps.documents import views
from apps.posts.services import update_post
from apps.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "asked", ["/2013/01/11/a-post", "/blog/2013", "/posts/before", "/?p=1178", "/?page_id=1178", "/caf%C3%A9.html"]
)
def test_former_address_leads_to_where_it_was_put(client: Client, asked: str) -> None:
    remember_addresses(["/2013/01/11/a-post", "/blog/2013", "/posts/before", "/?p=1178", "/café.html"], home="/posts/é")
    answer = client.get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (301, "/posts/%C3%A9")


def test_slash_at_the_end_is_taken_off_first(client: Client, author: User) -> None:
    post = make_post(author, title="Before")
    remember_addresses(["/2013/01/11/before"], home=f"/posts/{post.slug}")
    update_post(post=post, changes={"title": "After"})
    answer = client.get("/2013/01/11/before/", follow=True)
    assert [step for step, _ in answer.redirect_chain][:2] == ["/2013/01/11/before", "/posts/before"]
    assert {status for _, status in answer.redirect_chain} == {301}


def test_what_is_here_is_never_led_away(client: Client, author: User) -> None:
    make_post(author, title="Here", slug="here")
    remember_addresses(["/posts/here", "/archive", "/"], home="/posts/there")
    assert [client.get(path).status_code for path in ("/posts/here", "/archive", "/")] == [200, 200, 200]


def test_an_address_leads_where_it_first_led(client: Client) -> None:
    for home in ("/posts/one", "/posts/two"):
        remember_addresses(["/old"], home=home)
    assert client.get("/old").headers["Location"] == "/posts/one"


def test_what_kept_its_address_leads_nowhere_once_it_is_gone(client: Client) -> None:
    remember_addresses(["/posts/same"], home="/posts/same")
    assert client.get("/posts/same").status_code == 404


def test_nothing_is_missing_while_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(path: str) -> str:
        raise OperationalError("away")

    monkeypatch.setattr(views, "home_of", away)
    answer = client.get("/nowhere")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


@pytest.mark.parametrize("path", ["/nowhere", "/?p=7", "/?p=x", "/?p=٧", "/?p=" + "9" * 30, "/" + "x" * 600, "/a%00b"])
def test_others_are_as_before(client: Client, path: str) -> None:
    assert client.get(path).status_code == (200 if path.startswith("/?") else 404)


def test_only_what_is_missing_is_looked_for(client: Client, author: User) -> None:
    make_post(author, slug="here")
    assert _looks(lambda: client.get("/posts/here")) == 0
    assert _looks(lambda: client.get("/")) == 0
    assert _looks(lambda: client.get("/nowhere")) == 1
    assert _looks(lambda: client.get("/?p=7")) == 1


def _looks(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as looks:
        ask()
    return sum("common_formeraddress" in look["sql"] for look in looks)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://a.example/2013/01/11/x/", "/2013/01/11/x"),
        ("https://a.example/blog/caf%c3%a9", "/blog/café"),
        ("https://a.example/cafe%CC%81/", "/café"),
        ("https://a.example/?p=7", ""),
        ("https://a.example", ""),
        ("https://[", ""),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_path_of_an_address_is_written_in_one_way(address: str, path: str) -> None:
    assert path_in(address) == path
