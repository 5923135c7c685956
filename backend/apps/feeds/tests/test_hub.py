"""Telling a hub of news."""

from collections.abc import Sequence
from datetime import timedelta
from email.message import Message
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.utils import timezone

from apps.accounts.models import User
from apps.common import outbox
from apps.common.fetching import Fetched, FetchFailed
from apps.common.models import OutboxMessage
from apps.feeds import hub
from apps.posts.services import update_post
from apps.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db
HUB = "https://hub.example.org/"


@pytest.fixture
def pings(monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[Sequence[tuple[str, str]]]:
    """What the hub was told."""
    settings.WEBSUB_HUB = HUB
    told: list[Sequence[tuple[str, str]]] = []

    def fetch(url: str, *, form: Sequence[tuple[str, str]], trusted: bool) -> Fetched:
        assert (url, trusted) == (HUB, True)
        told.append(form)
        return Fetched(url, 204, Message(), b"")

    monkeypatch.setattr(hub, "fetch", fetch)
    return told


def drain_later(**pause: float) -> None:
    outbox.drain()
    with time_machine.travel(timezone.now() + timedelta(**pause)):
        outbox.drain()


def test_hub_hears_of_all_feeds_that_a_new_post_is_in(pings: list[Any], author: User) -> None:
    make_post(author, tags=["Paper"])
    outbox.drain()
    assert pings == []  # copies on the way may still be old
    drain_later(minutes=1)
    (form,) = pings
    assert form[0] == ("hub.mode", "publish")
    topics = {value for name, value in form if name == "hub.url"}
    base = django_settings.PUBLIC_URL
    assert topics == {
        f"{base}{place}/feed.{kind}"
        for place in ("", "/tags/paper", "/authors/author")
        for kind in ("rss", "atom", "json")
    }


@pytest.mark.parametrize("state", ["draft", "scheduled", "archived", "trashed"])
def test_hub_hears_nothing_of_what_nobody_may_read(state: str, pings: list[Any], author: User) -> None:
    post = make_post(author, state)
    if state == "draft":
        update_post(post=post, changes={"title": "Secret"})
    drain_later(minutes=1)
    assert pings == []


def test_without_a_hub_nobody_is_told(pings: list[Any], author: User, settings: Any) -> None:
    settings.WEBSUB_HUB = ""
    make_post(author)
    drain_later(minutes=1)
    assert pings == []


def test_a_hub_that_is_away_is_told_later(pings: list[Any], author: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any, **more: Any) -> Fetched:
        raise FetchFailed("away")

    make_post(author)
    with monkeypatch.context() as for_now:
        for_now.setattr(hub, "fetch", away)
        drain_later(minutes=1)
    assert OutboxMessage.objects.filter(event=hub.PING, done_at__isnull=True).count() == 1
    drain_later(minutes=10)
    assert len(pings) == 1
