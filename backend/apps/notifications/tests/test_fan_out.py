"""New posts, told to followers of people and of tags."""

from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Follow, User
from apps.accounts.relations import block, follow
from apps.accounts.tests.factories import UserFactory
from apps.common import outbox
from apps.common.models import OutboxMessage
from apps.notifications import fan_out
from apps.notifications.models import Kind, Notification
from apps.notifications.preferences import set_wish
from apps.notifications.services import MAIL_DUE
from apps.posts.models import Post
from apps.posts.services import publish_post, unpublish_post
from apps.posts.tests.factories import make_post
from apps.tags.models import Tag, TagFollow

pytestmark = pytest.mark.django_db


def drain() -> None:
    while outbox.drain():
        pass


def told(post: Post) -> list[tuple[str, dict[str, str]]]:
    rows = Notification.objects.filter(post=post, kind=Kind.POST).order_by("recipient__username")
    return list(rows.values_list("recipient__username", "data"))


def test_followers_of_the_author_and_of_tags_hear_of_it_once(author: User, reader: User, editor: User) -> None:
    outsider = UserFactory.create(username="nobody")
    post = make_post(author, "draft", tags=["Maps", "Salt"])
    for tag in Tag.objects.all():
        TagFollow.objects.create(follower=editor, tag=tag)
        TagFollow.objects.create(follower=author, tag=tag)
    TagFollow.objects.create(follower=reader, tag=Tag.objects.get(slug="maps"))
    follow(follower=reader, followed=author)
    publish_post(post=post)
    drain()
    assert [name for name, _ in told(post)] == ["editor", "reader"]
    assert told(post)[1] == ("reader", {})
    assert told(post)[0][1]["tag"] in {"Maps", "Salt"}
    unpublish_post(post=Post.objects.get(pk=post.pk))
    assert not Notification.objects.inbox_of(reader).exists()
    publish_post(post=Post.objects.get(pk=post.pk))
    drain()
    assert len(told(post)) == 2
    assert Notification.objects.inbox_of(reader).count() == 1
    assert not Notification.objects.filter(recipient=outsider).exists()


def test_each_hears_as_they_wish(author: User) -> None:
    wishes = {"web": (True, "none"), "mail": (False, "now"), "daily": (True, "daily"), "none": (False, "none")}
    for name, (web, mail) in wishes.items():
        person = UserFactory.create(username=name)
        follow(follower=person, followed=author)
        set_wish(user=person, kind=Kind.POST, web=web, mail=mail)
    post = make_post(author)
    fan_out.tell_of_post({"post_id": post.pk, "first_time": True})
    rows = Notification.objects.order_by("recipient__username").values_list("recipient__username", "in_inbox", "mail")
    assert list(rows) == [("daily", True, "digest"), ("mail", False, "now"), ("web", True, "none")]
    assert OutboxMessage.objects.filter(event=MAIL_DUE).count() == 1


def test_neither_blocked_people_nor_closed_accounts_hear_of_it(author: User, reader: User, editor: User) -> None:
    post = make_post(author, "draft", tags=["Maps"])
    closed = UserFactory.create(username="closed")
    for person in (reader, editor, closed):
        TagFollow.objects.create(follower=person, tag=Tag.objects.get())
    block(blocker=reader, blocked=author)
    block(blocker=author, blocked=editor)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    publish_post(post=post)
    drain()
    assert told(post) == []


def test_imported_posts_are_told_to_nobody(author: User, reader: User) -> None:
    follow(follower=reader, followed=author)
    post = make_post(author)
    OutboxMessage.objects.all().delete()
    fan_out.tell_of_post({"post_id": post.pk, "first_time": True, "imported": True})
    assert told(post) == []


def _followed_by(author: User, number: int) -> None:
    people = UserFactory.create_batch(number)
    Follow.objects.bulk_create([Follow(follower=person, followed=author) for person in people])


def test_it_goes_on_where_it_stopped(author: User) -> None:
    _followed_by(author, 25)
    post = make_post(author)
    OutboxMessage.objects.all().delete()
    real, calls = fan_out.tell_batch, 0

    def dies_at_the_third(*args: object) -> bool:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise OSError("killed")
        return real(*args)  # type: ignore[arg-type]

    with mock.patch.object(fan_out, "BATCH", 10), mock.patch.object(fan_out, "tell_batch", dies_at_the_third):
        with pytest.raises(OSError, match="killed"):
            fan_out.tell_of_post({"post_id": post.pk, "first_time": True})
        assert len(told(post)) == 20
        fan_out.tell_of_post({"post_id": post.pk, "first_time": True})
    assert len(told(post)) == 25


def test_a_long_job_leaves_the_rest_to_another_message(author: User) -> None:
    _followed_by(author, 25)
    post = make_post(author)
    OutboxMessage.objects.all().delete()
    with mock.patch.object(fan_out, "BATCH", 10), mock.patch.object(fan_out, "LASTS", -1):
        fan_out.tell_of_post({"post_id": post.pk, "first_time": True})
    assert told(post) == []
    with mock.patch.object(fan_out, "BATCH", 10):
        drain()
    assert len(told(post)) == 25


def test_it_stops_when_the_post_goes(author: User) -> None:
    _followed_by(author, 3)
    post = make_post(author)
    OutboxMessage.objects.all().delete()
    unpublish_post(post=post)
    fan_out.tell_of_post({"post_id": post.pk, "first_time": True})
    assert told(post) == []


def test_the_number_of_queries_grows_with_batches_alone(author: User) -> None:
    def queries(number: int) -> int:
        _followed_by(author, number)
        post = make_post(author)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            fan_out.tell_of_post({"post_id": post.pk, "first_time": True})
        return len(captured)

    assert queries(3) == queries(40)
