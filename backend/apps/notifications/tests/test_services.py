"""Telling people, and taking it back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.relations import block
from apps.accounts.tests.factories import UserFactory
from apps.common.models import OutboxMessage
from apps.notifications.models import Kind, Notification, Preference
from apps.notifications.preferences import set_wish
from apps.notifications.services import MAIL_DUE, notify, retract
from apps.posts.models import Post
from apps.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(author: User) -> Post:
    return make_post(author)


def like(post: Post, person: User) -> bool:
    return notify(
        recipient_id=post.author_id, kind=Kind.LIKE, group=f"like:post:{post.pk}", actor_id=person.pk, post_id=post.pk
    )


def rows() -> list[dict[str, Any]]:
    found = Notification.objects.order_by("pk")
    return [
        {
            "group": row.group.split("~")[0],
            "read": row.read_at is not None,
            "people": sorted(row.actors.values_list("person__username", flat=True)),
        }
        for row in found
    ]


def test_the_same_event_is_told_once(post: Post, reader: User) -> None:
    assert [like(post, reader) for _ in range(3)] == [True, False, False]
    assert rows() == [{"group": f"like:post:{post.pk}", "read": False, "people": ["reader"]}]


def test_likes_gather_until_they_are_read(post: Post, reader: User, editor: User, outsider: User) -> None:
    group = f"like:post:{post.pk}"
    like(post, reader)
    like(post, editor)
    assert [row["people"] for row in rows()] == [["editor", "reader"]]
    Notification.objects.update(read_at=timezone.now())
    assert not like(post, reader)
    assert like(post, outsider)
    assert rows() == [
        {"group": group, "read": True, "people": ["editor", "reader"]},
        {"group": group, "read": False, "people": ["outsider"]},
    ]
    assert not like(post, editor)


def test_taken_back_likes_leave_nothing_unless_a_mail_has_gone(post: Post, reader: User, editor: User) -> None:
    group = f"like:post:{post.pk}"
    like(post, reader)
    like(post, editor)
    retract(group=group, actor_id=reader.pk, recipient_id=post.author_id)
    assert [row["people"] for row in rows()] == [["editor"]]
    Notification.objects.update(mail=Notification.Mail.SENT, read_at=timezone.now())
    retract(group=group, actor_id=editor.pk, recipient_id=post.author_id)
    assert [row["people"] for row in rows()] == [[]]
    assert not Notification.objects.inbox_of(post.author).exists()
    assert like(post, editor)
    assert rows() == [{"group": group, "read": False, "people": ["editor"]}]
    assert not OutboxMessage.objects.filter(event=MAIL_DUE).exists()


def test_likes_that_were_read_are_taken_back_too(post: Post, reader: User, editor: User) -> None:
    like(post, reader)
    Notification.objects.update(read_at=timezone.now())
    like(post, editor)
    retract(group=f"like:post:{post.pk}", actor_id=reader.pk, recipient_id=post.author_id)
    assert [row["people"] for row in rows()] == [["editor"]]


def test_a_group_is_taken_back_from_everybody(post: Post, reader: User, editor: User) -> None:
    for person in (reader, editor):
        notify(recipient_id=person.pk, kind=Kind.DECISION, group="decision:1")
    retract(group="decision:1")
    assert not Notification.objects.exists()


def test_nobody_is_told_of_their_own_acts(post: Post) -> None:
    assert not like(post, post.author)


@pytest.mark.parametrize("way", ["blocks", "is blocked"])
def test_nobody_is_told_of_people_with_whom_there_is_a_block(post: Post, reader: User, way: str) -> None:
    one, other = (post.author, reader) if way == "blocks" else (reader, post.author)
    block(blocker=one, blocked=other)
    assert not like(post, reader)
    assert not Notification.objects.exists()


def test_switched_off_accounts_are_told_nothing(post: Post, reader: User) -> None:
    User.objects.filter(pk=post.author_id).update(is_active=False)
    assert not like(post, reader)


def test_without_an_actor_it_is_told_all_the_same(reader: User) -> None:
    assert notify(recipient_id=reader.pk, kind=Kind.DECISION, group="decision:1", data={"number": 1})
    assert not notify(recipient_id=reader.pk, kind=Kind.DECISION, group="decision:1", data={"number": 1})
    assert Notification.objects.inbox_of(reader).get().data == {"number": 1}


@pytest.mark.parametrize(
    ("web", "mail", "in_inbox", "state"),
    [
        (True, "none", True, "none"),
        (True, "now", True, "now"),
        (False, "now", False, "now"),
        (False, "daily", False, "digest"),
    ],
)
def test_wishes_are_respected(post: Post, reader: User, web: bool, mail: str, in_inbox: bool, state: str) -> None:
    set_wish(user=post.author, kind=Kind.LIKE, web=web, mail=mail)
    assert like(post, reader)
    row = Notification.objects.get()
    assert (row.in_inbox, row.mail) == (in_inbox, state)
    assert OutboxMessage.objects.filter(event=MAIL_DUE).count() == (mail == "now")
    assert Notification.objects.inbox_of(post.author).exists() is in_inbox


def test_who_wants_nothing_gets_nothing(post: Post, reader: User) -> None:
    set_wish(user=post.author, kind=Kind.LIKE, web=False, mail="none")
    assert not like(post, reader)
    assert not Notification.objects.exists()


def test_one_wish_is_changed_at_a_time(reader: User) -> None:
    set_wish(user=reader, kind=Kind.REPLY, web=False)
    set_wish(user=reader, kind=Kind.REPLY, mail="daily")
    row = Preference.objects.get()
    assert (row.web, row.mail) == (False, "daily")


def test_likes_of_many_are_one_row(post: Post) -> None:
    for person in UserFactory.create_batch(5):
        like(post, person)
    row = Notification.objects.get()
    assert row.actors.count() == 5


def test_one_person_brings_about_so_many_mails_an_hour(
    post: Post, reader: User, editor: User, author: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it is in the inbox. Others' acts are mailed as before, and so are this person's in the next hour."""
    settings.RATE_LIMITS_ENABLED = True
    monkeypatch.setattr("apps.notifications.limits.MAILS_AN_HOUR", 2)

    def reply(number: int, person: User) -> None:
        notify(recipient_id=author.pk, kind=Kind.REPLY, group=f"comment:{number}", actor_id=person.pk, post_id=post.pk)

    with time_machine.travel(datetime(2030, 11, 21, 7, 5, tzinfo=UTC)) as clock:
        for number in range(4):
            reply(number, reader)
            reply(number, reader)  # told before, and counted once
        reply(4, editor)
        clock.shift(timedelta(hours=1))
        reply(5, reader)
    mails = Notification.objects.inbox_of(author).order_by("group").values_list("mail", flat=True)
    assert list(mails) == ["now", "now", "none", "none", "now", "now"]
    assert OutboxMessage.objects.filter(event=MAIL_DUE).count() == 4
