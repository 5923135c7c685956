"""Who has a post open."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.models import User
from apps.posts.models import Post, Presence
from apps.posts.services.presence import forget_presences
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(author: User) -> Post:
    return make_post(author, "draft")


def say(api: ApiFor, user: User, post: Post, tab: str) -> Any:
    response = api(user).put(f"/api/v1/posts/{post.slug}/presence", {"tab": tab})
    assert response.status_code == 200, response.content
    return response.json()


def test_each_sees_the_others_and_in_how_many_tabs(author: User, editor: User, post: Post, api: ApiFor) -> None:
    assert say(api, author, post, "authors-first") == {"others": [], "own_tabs": 1}
    assert say(api, author, post, "authors-second")["own_tabs"] == 2
    seen = say(api, editor, post, "editors-only")
    assert [(row["user"]["username"], row["tabs"]) for row in seen["others"]] == [("author", 2)]
    assert seen["own_tabs"] == 1
    assert say(api, author, post, "authors-first")["others"][0]["user"]["username"] == "editor"
    assert Presence.objects.count() == 3


def test_opening_time_stays_that_of_the_first_word(author: User, editor: User, post: Post, api: ApiFor) -> None:
    begin = timezone.now()
    with time_machine.travel(begin, tick=False):
        say(api, author, post, "authors-first")
    with time_machine.travel(begin + timedelta(seconds=40), tick=False):
        say(api, author, post, "authors-first")
    with time_machine.travel(begin + timedelta(seconds=90), tick=False):
        (other,) = say(api, editor, post, "editors-only")["others"]
    assert other["opened_at"][:19] == begin.isoformat()[:19]


def test_silent_tabs_are_forgotten_after_a_minute_and_swept(
    author: User, editor: User, post: Post, api: ApiFor
) -> None:
    begin = timezone.now()
    with time_machine.travel(begin, tick=False):
        say(api, author, post, "authors-first")
    with time_machine.travel(begin + timedelta(seconds=59), tick=False):
        assert len(say(api, editor, post, "editors-only")["others"]) == 1
        assert forget_presences() == 0
    with time_machine.travel(begin + timedelta(seconds=61), tick=False):
        assert say(api, editor, post, "editors-only")["others"] == []
        assert forget_presences() == 1


def test_closed_tab_is_gone_at_once_and_only_ones_own(author: User, editor: User, post: Post, api: ApiFor) -> None:
    say(api, author, post, "authors-first")
    path = f"/api/v1/posts/{post.slug}/presence"
    assert api(editor).delete(path, {"tab": "authors-first"}).status_code == 204
    assert Presence.objects.count() == 1
    assert api(author).delete(path, {"tab": "authors-first"}).status_code == 204
    assert Presence.objects.count() == 0


@pytest.mark.parametrize("tab", ["", "short", "x" * 41, "with space!", "späte-zeile"])
def test_other_names_of_tabs_are_refused(tab: str, author: User, post: Post, api: ApiFor) -> None:
    assert api(author).put(f"/api/v1/posts/{post.slug}/presence", {"tab": tab}).status_code == 400


def test_readers_neither_see_nor_are_seen(reader: User, author: User, api: ApiFor) -> None:
    public = make_post(author)
    assert api(reader).put(f"/api/v1/posts/{public.slug}/presence", {"tab": "readers-tab"}).status_code == 403
    assert not Presence.objects.exists()


def test_presence_costs_as_much_however_many_are_there(
    author: User, editor: User, post: Post, api: ApiFor, django_assert_num_queries: Any
) -> None:
    for number in range(6):
        say(api, author, post, f"authors-{number:04}")
    client = api(editor)
    with django_assert_num_queries(6):
        client.put(f"/api/v1/posts/{post.slug}/presence", {"tab": "editors-only"})
