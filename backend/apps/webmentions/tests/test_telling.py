"""Who hears of a mention that moderators let through."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.accounts.tests.mailbox import mails_to
from apps.comments.deciding import decide_comment
from apps.comments.models import Comment
from apps.common import outbox
from apps.common.models import OutboxMessage
from apps.notifications.models import Kind, Notification
from apps.notifications.preferences import set_wish
from apps.notifications.tasks import queue_digests
from apps.posts.models import Post
from apps.posts.services import unpublish_post
from apps.posts.services.co_authors import add_co_author
from apps.posts.tests.factories import make_post
from apps.webmentions.tests.conftest import Web
from conftest import ApiFor

pytestmark = pytest.mark.django_db
SOURCE = "https://www.elsewhere.example/notes/1"
MORNING = datetime(2030, 11, 21, 7, 5, tzinfo=UTC)


@pytest.fixture
def post(web: Web, author: User) -> Post:
    return make_post(author, title="Paper")


def drain() -> None:
    while outbox.drain():
        pass


def mention(web: Web, *, title: str = "On paper", source: str = SOURCE) -> Comment:
    """A page mentions the post, says so, and waits for a moderator."""
    web.pages[source] = f"<title>{title}</title><a href='https://byline.example/posts/paper'>this</a>"
    form = urlencode({"source": source, "target": "https://byline.example/posts/paper"})
    assert Client().post("/webmention", form, content_type="application/x-www-form-urlencoded").status_code == 202
    drain()
    return Comment.objects.latest("pk")


def decide(comment: Comment, status: str, moderator: User) -> None:
    decide_comment(comment=comment, status=status, moderator=moderator)
    drain()


def inbox(api: ApiFor, user: User) -> list[dict[str, Any]]:
    listed = api(user).get("/api/v1/me/notifications").json()["results"]
    unread = api(user).get("/api/v1/me/notifications/summary").json()["unread"]
    assert unread == len(listed)
    return list(listed)


def test_an_approved_mention_is_told_to_the_author(
    web: Web, post: Post, author: User, moderator: User, api: ApiFor
) -> None:
    comment = mention(web)
    assert inbox(api, author) == []
    decide(comment, "visible", moderator)
    (row,) = inbox(api, author)
    assert {name: row[name] for name in ("kind", "actors", "actor_count", "post", "comment", "data")} == {
        "kind": "webmention",
        "actors": [],
        "actor_count": 0,
        "post": {"slug": "paper", "title": "Paper"},
        "comment": {"id": comment.pk, "excerpt": "On paper"},
        "data": {"site": "elsewhere.example"},
    }
    assert inbox(api, moderator) == []


def test_co_authors_hear_of_it_too(
    web: Web, post: Post, author: User, outsider: User, moderator: User, api: ApiFor
) -> None:
    add_co_author(post=post, person=outsider, actor=author)
    drain()
    decide(mention(web), "visible", moderator)
    assert [row["kind"] for person in (author, outsider) for row in inbox(api, person)] == ["webmention"] * 2


@pytest.mark.parametrize("status", ["removed", "spam"])
def test_a_mention_that_is_refused_is_told_to_nobody(
    status: str, web: Web, post: Post, author: User, moderator: User, api: ApiFor
) -> None:
    decide(mention(web), status, moderator)
    assert inbox(api, author) == []
    assert not Notification.objects.exists()


def test_approved_twice_and_told_again_it_is_told_once(
    web: Web, post: Post, author: User, moderator: User, api: ApiFor
) -> None:
    set_wish(user=author, kind=Kind.WEBMENTION, mail="now")
    comment = mention(web)
    decide(comment, "visible", moderator)
    decide(comment, "removed", moderator)
    decide(comment, "visible", moderator)
    OutboxMessage.objects.update(done_at=None, due_at="2020-01-01T00:00:00Z")
    drain()
    assert len(inbox(api, author)) == 1
    assert len(mails_to(author.email)) == 1


def test_what_is_refused_later_is_not_shown_any_more(
    web: Web, post: Post, author: User, moderator: User, api: ApiFor
) -> None:
    comment = mention(web)
    decide(comment, "visible", moderator)
    decide_comment(comment=comment, status="spam", moderator=moderator)
    assert inbox(api, author) == []  # at once, before any job
    row = Notification.objects.get()
    assert "elsewhere" not in f"{row.group} {row.data}"  # what somebody is handed of their data has nothing of it


def test_a_mention_that_says_something_else_is_out_of_sight_until_it_is_approved_again(
    web: Web, post: Post, author: User, moderator: User, api: ApiFor
) -> None:
    decide(mention(web), "visible", moderator)
    again = mention(web, title="Buy this")
    assert inbox(api, author) == []
    decide(again, "visible", moderator)
    assert [row["comment"]["excerpt"] for row in inbox(api, author)] == ["Buy this"]
    assert Notification.objects.count() == 1


def test_a_mention_that_loses_its_link_is_forgotten(
    web: Web, post: Post, author: User, moderator: User, api: ApiFor
) -> None:
    decide(mention(web), "visible", moderator)
    web.pages[SOURCE] = "<p>Nothing.</p>"
    form = urlencode({"source": SOURCE, "target": "https://byline.example/posts/paper"})
    Client().post("/webmention", form, content_type="application/x-www-form-urlencoded")
    drain()
    assert inbox(api, author) == []
    assert not Notification.objects.exists()


def test_it_is_mailed_once_a_day_unless_somebody_wants_it_otherwise(
    web: Web, post: Post, author: User, moderator: User
) -> None:
    with time_machine.travel(MORNING - timedelta(hours=20), tick=True):
        decide(mention(web), "visible", moderator)
        assert mails_to(author.email) == []
    with time_machine.travel(MORNING, tick=False):
        queue_digests()
        (message,) = mails_to(author.email)
    assert "elsewhere.example mentions your post “Paper”." in str(message.body)


def test_mailed_at_once_it_leads_to_the_mention(web: Web, post: Post, author: User, moderator: User) -> None:
    set_wish(user=author, kind=Kind.WEBMENTION, mail="now")
    comment = mention(web)
    decide(comment, "visible", moderator)
    (message,) = mails_to(author.email)
    text = str(message.body)
    assert message.subject == "Re: Paper"
    assert "elsewhere.example mentions your post “Paper”." in text
    assert "> On paper" in text
    assert f"{post.get_absolute_url()}#comment-{comment.pk}" in text
    assert SOURCE not in text


def test_a_mail_that_was_due_while_it_was_hidden_is_sent_once_it_is_shown(
    web: Web, post: Post, author: User, moderator: User
) -> None:
    set_wish(user=author, kind=Kind.WEBMENTION, mail="now")
    comment = mention(web)
    decide_comment(comment=comment, status="visible", moderator=moderator)
    message = OutboxMessage.objects.get(event="comments.moderated", payload__status="visible")
    outbox._subscribers[message.event][message.subscriber](message.payload)
    decide_comment(comment=comment, status="pending", moderator=moderator)
    assert mails_to(author.email) == []
    decide(comment, "visible", moderator)
    assert len(mails_to(author.email)) == 1


def test_who_wants_to_hear_of_none_hears_of_none(
    web: Web, post: Post, author: User, moderator: User, api: ApiFor
) -> None:
    set_wish(user=author, kind=Kind.WEBMENTION, web=False, mail="none")
    decide(mention(web), "visible", moderator)
    assert not Notification.objects.exists()


def test_nothing_is_shown_of_a_post_that_readers_do_not_see(
    web: Web, post: Post, author: User, moderator: User, api: ApiFor
) -> None:
    decide(mention(web), "visible", moderator)
    unpublish_post(post=post)
    assert inbox(api, author) == []


def test_other_comments_of_guests_are_no_mentions(post: Post, author: User, moderator: User) -> None:
    comment = Comment.objects.create(
        post=post, guest_name="Ada", body="Old.", status="pending", root_id=0, path="0", import_key="wp:1"
    )
    decide(comment, "visible", moderator)
    assert not Notification.objects.exists()


def test_an_address_too_long_to_keep_still_names_its_site(
    web: Web, post: Post, author: User, moderator: User, api: ApiFor
) -> None:
    decide(mention(web, source=f"https://long.example/{'a' * 400}"), "visible", moderator)
    assert [row["data"] for row in inbox(api, author)] == [{"site": "long.example"}]
