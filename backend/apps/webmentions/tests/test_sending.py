"""Telling pages elsewhere that a post links to them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.models import User
from apps.common import outbox
from apps.common.fetching import FetchRefused
from apps.common.tests.admin_forms import signed_in
from apps.posts.models import Post
from apps.posts.services import (
    delete_post,
    publish_post,
    schedule_post,
    settle_due_posts,
    trash_post,
    unpublish_post,
    update_post,
)
from apps.posts.tests.factories import make_post
from apps.webmentions.models import SentMention
from apps.webmentions.services import sending
from apps.webmentions.tests.conftest import AWAY, Web, answer

pytestmark = pytest.mark.django_db
TARGET = "https://elsewhere.example/a"
ENDPOINT = "https://elsewhere.example/wm"
OURS = "https://byline.example/posts/paper"


def drain(**later: float) -> None:
    """Carry out what is due, and what that makes due later."""
    outbox.drain()
    with time_machine.travel(timezone.now() + timedelta(**(later or {"minutes": 1})), tick=True):
        outbox.drain()


@pytest.fixture
def page(web: Web) -> Web:
    web.pages[TARGET] = "<link rel='webmention' href='/wm'>"
    web.pages[ENDPOINT] = answer(ENDPOINT, "", status=202)
    return web


def write(author: User, state: str = "published", body: str = f"See [this]({TARGET}).") -> Post:
    return make_post(author, state, title="Paper", body=body)


def test_a_page_is_told_once(page: Web, author: User) -> None:
    post = write(author, body=f"See [this]({TARGET}#part), {TARGET} and [that](https://byline.example/posts/other).")
    assert page.asked == []
    outbox.drain()
    assert page.asked == []  # copies of the post on the way may still be old
    drain()
    assert page.told == [(ENDPOINT, {"source": OURS, "target": TARGET})]
    update_post(post=post, changes={"tags": ["new"]})
    drain()
    assert len(page.told) == 1


def test_a_page_is_told_again_of_another_text_and_of_the_end_of_the_link(page: Web, author: User) -> None:
    post = write(author)
    drain()
    post = update_post(post=post, changes={"body": f"Again, [this]({TARGET})."})
    drain()
    assert len(page.told) == 2
    post = update_post(post=post, changes={"body": "No link."})
    drain()
    assert len(page.told) == 3
    assert not SentMention.objects.exists()
    update_post(post=post, changes={"body": "Still none."})
    drain()
    assert len(page.told) == 3


@pytest.mark.parametrize("step", [unpublish_post, trash_post, delete_post])
def test_a_page_is_told_when_the_post_goes(step: Any, page: Web, author: User) -> None:
    post = write(author)
    drain()
    step(post=post)
    drain()
    assert page.told == [(ENDPOINT, {"source": OURS, "target": TARGET})] * 2
    assert not SentMention.objects.exists()


def test_nobody_is_told_of_what_nobody_may_read(page: Web, author: User) -> None:
    post = write(author, "draft")
    update_post(post=post, changes={"excerpt": "More."})
    write(author, "archived")
    scheduled = write(author, "draft")
    drain()
    assert page.asked == []
    schedule_post(post=scheduled, published_at=timezone.now() + timedelta(hours=1))
    drain()
    assert page.asked == []
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=True):
        settle_due_posts()
        drain()
    assert len(page.told) == 1


@pytest.mark.parametrize(
    "found",
    [
        answer(TARGET, "", Link='<https://elsewhere.example/wm>; rel="webmention"'),
        answer(TARGET, "", Link='</other>; rel=next, </wm>; rel="x webmention"'),
        answer(TARGET, "<a class=x href=/wm rel='nofollow webmention'>w</a><link rel=webmention href=/other>"),
        answer(TARGET, "<!-- <link rel=webmention href=/no> --><link href=wm rel=webmention>"),
        answer("https://elsewhere.example/moved/a", "<link rel=webmention href='../wm'>"),
        answer(
            TARGET, "<textarea><a rel=webmention href=/no></textarea><a rel=webmention>x</a><a rel=webmention href=wm>"
        ),
    ],
)
def test_endpoints_are_found_wherever_pages_name_them(found: Any, web: Web) -> None:
    web.pages[TARGET] = found
    assert sending.endpoint_of(TARGET) == ENDPOINT


def test_a_page_that_takes_no_mentions_is_told_nothing(web: Web, author: User) -> None:
    web.pages[TARGET] = "<p>Hello</p>"
    post = write(author)
    drain()
    assert SentMention.objects.get().status == "deaf"
    unpublish_post(post=post)
    drain()
    assert not SentMention.objects.exists()
    assert web.told == []


def test_a_page_that_is_away_is_tried_three_times(web: Web, author: User) -> None:
    web.pages[TARGET] = AWAY
    write(author)
    drain()
    drain(minutes=12)
    drain(hours=5)
    drain(hours=50)
    assert len(web.asked) == 3
    assert SentMention.objects.get().status == "failed"


def test_a_private_address_is_not_tried_again(web: Web, author: User) -> None:
    web.pages[TARGET] = FetchRefused("the host is in a private network")
    write(author)
    drain()
    drain(hours=5)
    assert len(web.asked) == 1
    assert SentMention.objects.get().status == "failed"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "10.0.0.1", "[::1]", "::1", "byline", "byline.local"])
def test_a_site_that_others_cannot_reach_tells_nobody(host: str, page: Web, author: User, settings: Any) -> None:
    settings.PUBLIC_HOST = host
    write(author)
    drain()
    assert page.asked == []


def test_it_can_be_turned_off(page: Web, author: User, settings: Any) -> None:
    settings.WEBMENTIONS = False
    write(author)
    drain()
    assert page.asked == []


def test_a_post_tells_so_many_pages_at_most(page: Web) -> None:
    html = "".join(f'<a rel="noopener" href="https://e{n}.example/?a=1&amp;b=2#x">x</a>' for n in range(200))
    found = sending.foreign_links(html)
    assert len(found) == sending.MOST_LINKS
    assert found[0] == "https://e0.example/?a=1&b=2"


def test_a_new_publication_of_the_same_post_is_told(page: Web, author: User) -> None:
    post = unpublish_post(post=write(author))
    drain()
    publish_post(post=post)
    drain()
    assert len(page.told) == 1


def test_admin_sees_who_was_told(page: Web, author: User, admin: User, moderator: User) -> None:
    write(author)
    drain()
    client = signed_in(admin)
    listed = client.get("/admin/webmentions/sentmention/?q=elsewhere")
    assert TARGET in listed.content.decode()
    row = SentMention.objects.get()
    assert client.get(f"/admin/webmentions/sentmention/{row.pk}/change/").status_code == 200
    assert client.post(f"/admin/webmentions/sentmention/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert signed_in(moderator).get("/admin/webmentions/sentmention/").status_code == 403


def test_a_page_is_told_of_a_name_in_another_script_by_a_valid_address(page: Web, author: User) -> None:
    make_post(author, title="A long summer", slug="夏" * 100, body=f"See [this]({TARGET}).")
    drain()
    source = f"https://byline.example/posts/{'%E5%A4%8F' * 100}"
    assert page.told == [(ENDPOINT, {"source": source, "target": TARGET})]
