"""Mails of notifications: at once, once a day, and how they end."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail

from apps.accounts.models import User
from apps.accounts.relations import block
from apps.accounts.tests.mailbox import mails_to
from apps.comments.services import add_comment, moderate_comment
from apps.common import outbox
from apps.common.models import OutboxMessage
from apps.notifications.models import Kind, Notification
from apps.notifications.preferences import all_wishes, set_wish
from apps.notifications.tasks import queue_digests
from apps.notifications.unsubscribing import token_for
from apps.posts.models import Post
from apps.posts.services import unpublish_post
from apps.posts.tests.factories import make_post
from apps.reactions.services import like_post
from conftest import ApiFor
from tests.test_contract import assert_problem

pytestmark = pytest.mark.django_db
MORNING = datetime(2030, 11, 21, 7, 5, tzinfo=UTC)


@pytest.fixture
def post(author: User) -> Post:
    return make_post(author, title="Salt <roads>")


def html_of(message: Any) -> str:
    return str(message.alternatives[0][0])


def test_a_reply_is_mailed_at_once(post: Post, author: User, reader: User) -> None:
    comment = add_comment(post=post, author=reader, body="Some *good* words, <b> too. See https://evil.example/x now.")
    (message,) = mails_to(author.email)
    assert message.subject == "Re: Salt <roads>"
    text, html = str(message.body), html_of(message)
    assert f"{reader.name} commented on “Salt <roads>”." in text
    assert f"{reader.name} commented on “Salt &lt;roads&gt;”." in html
    assert "Some good words" in text
    assert "evil.example" not in text + html
    link = f"{post.get_absolute_url()}#comment-{comment.pk}"
    assert link in text
    assert f'href="{link}"' in html
    row = Notification.objects.get()
    assert row.mail == "sent"
    assert row.mailed_at is not None


def test_mails_of_a_post_hang_together(post: Post, author: User, reader: User, editor: User) -> None:
    set_wish(user=author, kind=Kind.LIKE, mail="now")
    first = add_comment(post=post, author=reader, body="One.")
    second = add_comment(post=post, author=editor, body="Two.", parent=first)
    add_comment(post=post, author=reader, body="@author three.", parent=second)
    like_post(post=post, user=reader)
    mails = [message.extra_headers for message in mails_to(author.email)]
    root = mails[0]["In-Reply-To"]
    ids = [headers["Message-ID"] for headers in mails]
    assert len(set(ids)) == 4
    assert [headers["References"].split() for headers in mails] == [
        [root],
        [root, ids[0]],
        [root, ids[0], ids[1]],
        [root],
    ]
    assert [headers["In-Reply-To"] for headers in mails] == [root, ids[0], ids[1], root]


def test_the_mail_of_a_post_begins_its_thread(author: User, reader: User) -> None:
    set_wish(user=reader, kind=Kind.POST, mail="now")
    api_follow(reader, author)
    post = make_post(author)
    outbox.drain()
    parent = add_comment(post=post, author=reader, body="One.")
    add_comment(post=post, author=author, body="Two.", parent=parent)
    new, reply = mails_to(reader.email)
    assert new.subject == "A post"
    assert "In-Reply-To" not in new.extra_headers
    assert reply.extra_headers["References"].split()[0] == new.extra_headers["Message-ID"]


def api_follow(follower: User, followed: User) -> None:
    from apps.accounts.relations import follow

    follow(follower=follower, followed=followed)


@pytest.mark.parametrize("how", ["removed", "unpublished", "blocked", "no mails", "closed"])
def test_what_is_gone_by_the_time_it_is_sent_is_not_sent(post: Post, author: User, reader: User, how: str) -> None:
    comment = add_comment(post=post, author=reader, body="A secret.")
    message = OutboxMessage.objects.get(event="comments.shown", subscriber__startswith="apps.notifications")
    outbox._subscribers[message.event][message.subscriber](message.payload)
    assert OutboxMessage.objects.filter(event="notifications.mail_due").count() == 1
    match how:
        case "removed":
            moderate_comment(comment=comment, status="removed")
        case "unpublished":
            unpublish_post(post=post)
        case "blocked":
            block(blocker=author, blocked=reader)
        case "no mails":
            set_wish(user=author, kind=Kind.REPLY, mail="none")
        case "closed":
            User.objects.filter(pk=author.pk).update(is_active=False)
    assert mails_to(author.email) == []


def test_what_comes_back_is_mailed_then_and_once(post: Post, author: User, reader: User) -> None:
    comment = add_comment(post=post, author=reader, body="Good.")
    moderate_comment(comment=comment, status="pending")
    assert mails_to(author.email) == []
    moderate_comment(comment=comment, status="visible")
    assert len(mails_to(author.email)) == 1
    moderate_comment(comment=comment, status="spam")
    moderate_comment(comment=comment, status="visible")
    assert len(mails_to(author.email)) == 1


def test_every_mail_can_be_ended_in_one_click(post: Post, author: User, reader: User, api: ApiFor) -> None:
    add_comment(post=post, author=reader, body="Good.")
    (message,) = mails_to(author.email)
    headers = message.extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    path = address.removeprefix("http://127.0.0.1:8000")
    assert path.startswith("/api/v1/unsubscribe/")
    assert f"/unsubscribe#{path.rpartition('/')[2]}" in str(message.body)
    client: Any = api()
    for _ in range(2):  # as RFC 8058 has it: a form, without any credential
        response = client.generic(
            "POST", path, b"List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert (response.status_code, response.data) == (200, {"kind": "reply"})
    wishes = all_wishes(author)
    assert (wishes["reply"].web, wishes["reply"].mail, wishes["mention"].mail) == (True, "none", "now")
    add_comment(post=post, author=reader, body="More.")
    assert len(mails_to(author.email)) == 1


@pytest.mark.parametrize(("kind", "left"), [("all", set()), ("daily", {"reply", "mention", "decision"})])
def test_several_kinds_end_at_once(author: User, api: ApiFor, kind: str, left: set[str]) -> None:
    assert api().post(f"/api/v1/unsubscribe/{token_for(author.pk, kind)}").data == {"kind": kind}
    assert {name for name, wish in all_wishes(author).items() if wish.mail != "none"} == left


def test_forged_links_end_nothing(author: User, reader: User, api: ApiFor) -> None:
    own = token_for(reader.pk, "all")
    forged = [own.replace(str(reader.pk), str(author.pk), 1), own[:-1], "x", token_for(author.pk, "tea"), "1.all"]
    for token in forged:
        assert_problem(api().post(f"/api/v1/unsubscribe/{token}"), 404, "not_found")
    assert all_wishes(author)["reply"].mail == "now"


def test_a_day_is_one_mail(post: Post, author: User, reader: User, editor: User) -> None:
    for kind in (Kind.REPLY, Kind.LIKE):
        set_wish(user=author, kind=kind, mail="daily")
    with time_machine.travel(MORNING - timedelta(hours=20), tick=False):
        gone = add_comment(post=post, author=reader, body="Removed by then.")
        add_comment(post=post, author=reader, body="Still there.")
        like_post(post=post, user=reader)
        like_post(post=post, user=editor)
        outbox.drain()
        assert queue_digests() == 0
        assert mails_to(author.email) == []
    moderate_comment(comment=gone, status="removed")
    with time_machine.travel(MORNING, tick=False):
        assert [queue_digests(), queue_digests()] == [1, 0]
        (message,) = mails_to(author.email)
        assert message.subject.startswith("2 things are new")
        text = str(message.body)
        assert "Still there." in text
        assert "Removed by then" not in text + html_of(message)
        assert "and one other" in text
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    with time_machine.travel(MORNING + timedelta(days=1), tick=False):
        assert queue_digests() == 0
        assert len(mails_to(author.email)) == 1


def test_a_day_on_which_all_was_read_has_no_mail(post: Post, author: User, reader: User, api: ApiFor) -> None:
    set_wish(user=author, kind=Kind.REPLY, mail="daily")
    with time_machine.travel(MORNING - timedelta(hours=20), tick=False):
        add_comment(post=post, author=reader, body="Good.")
        outbox.drain()
    with time_machine.travel(MORNING, tick=False):
        api(author).patch("/api/v1/me/notifications", {"read": True})
        assert queue_digests() == 1
        assert mails_to(author.email) == []
    assert Notification.objects.get().mail == "none"


def test_a_mail_that_is_sent_again_is_the_same_mail(post: Post, author: User, reader: User) -> None:
    add_comment(post=post, author=reader, body="Good.")
    assert len(mails_to(author.email)) == 1
    Notification.objects.update(mail="now")  # killed after sending, before it was noted
    OutboxMessage.objects.filter(event="notifications.mail_due").update(done_at=None, due_at="2020-01-01T00:00:00Z")
    first, second = mails_to(author.email)
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_settings_are_told_and_changed(author: User, api: ApiFor) -> None:
    client, path = api(author), "/api/v1/me/notification-settings"
    mails = {row["kind"]: (row["web"], row["mail"]) for row in client.get(path).json()["settings"]}
    assert mails == {
        "reply": (True, "now"),
        "mention": (True, "now"),
        "webmention": (True, "daily"),
        "like": (True, "none"),
        "post": (True, "daily"),
        "decision": (True, "now"),
        "report": (True, "daily"),
    }
    body = {"settings": [{"kind": "like", "mail": "daily"}, {"kind": "post", "web": False}]}
    changed = {row["kind"]: row for row in client.patch(path, body).json()["settings"]}
    assert changed["like"] == {"kind": "like", "web": True, "mail": "daily"}
    assert changed["post"] == {"kind": "post", "web": False, "mail": "daily"}
    for bad in ({"kind": "tea"}, {"kind": "like", "mail": "weekly"}, {"kind": "like", "web": "yes"}, {"mail": "now"}):
        assert_problem(client.patch(path, {"settings": [bad]}), 400)
    assert_problem(client.patch(path, {"settings": [{"kind": "like"}] * 8}), 400)


def test_nothing_else_is_mailed(post: Post, author: User, reader: User) -> None:
    like_post(post=post, user=reader)
    outbox.drain()
    assert mail.outbox == []
