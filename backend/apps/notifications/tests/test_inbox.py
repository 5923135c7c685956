"""The inbox over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.relations import block
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment, moderate_comment
from apps.notifications.models import Kind, Notification
from apps.notifications.receivers import tell_of_comment
from apps.notifications.services import notify
from apps.notifications.tasks import forget_old_notifications
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from conftest import ApiFor
from tests.test_contract import assert_problem

pytestmark = pytest.mark.django_db
INBOX = "/api/v1/me/notifications"


@pytest.fixture
def post(author: User) -> Post:
    return make_post(author, title="Salt roads")


def comment_by(person: User, post: Post, body: str = "Some *good* words.") -> Notification:
    comment = add_comment(post=post, author=person, body=body)
    tell_of_comment({"comment_id": comment.pk, "first": True})
    row: Notification = Notification.objects.get(comment=comment, recipient=post.author)
    return row


def test_a_reply_is_shown_with_its_post_and_the_beginning_of_its_text(post: Post, reader: User, api: ApiFor) -> None:
    row = comment_by(reader, post, "Some *good* words. " + "And more of them. " * 30)
    body = api(post.author).get(INBOX).json()
    (result,) = body["results"]
    assert result.pop("happened_at")
    excerpt = result["comment"].pop("excerpt")
    assert excerpt.startswith("Some good words. And more")
    assert excerpt.endswith("…")
    assert len(excerpt) <= 200
    assert result == {
        "id": row.pk,
        "kind": "reply",
        "actors": [{"username": "reader", "display_name": reader.name, "avatar_url": ""}],
        "actor_count": 1,
        "post": {"slug": "salt-roads", "title": "Salt roads"},
        "comment": {"id": row.comment_id},
        "data": {"to": "post"},
        "read": False,
    }


def test_likes_name_three_and_count_all_but_the_blocked(post: Post, api: ApiFor) -> None:
    people = UserFactory.create_batch(5)
    for person in people:
        notify(recipient_id=post.author_id, kind=Kind.LIKE, group="like:post:1", actor_id=person.pk, post_id=post.pk)
    (result,) = api(post.author).get(INBOX).json()["results"]
    assert [actor["username"] for actor in result["actors"]] == [people[n].username for n in (4, 3, 2)]
    assert result["actor_count"] == 5
    block(blocker=post.author, blocked=people[4])
    block(blocker=people[0], blocked=post.author)
    (result,) = api(post.author).get(INBOX).json()["results"]
    assert [actor["username"] for actor in result["actors"]] == [people[n].username for n in (3, 2, 1)]
    assert result["actor_count"] == 3


def test_decisions_stay_although_what_they_are_about_is_gone(post: Post, reader: User, api: ApiFor) -> None:
    comment = add_comment(post=post, author=reader, body="Bad.")
    type(comment).objects.update(status="removed")
    notify(
        recipient_id=reader.pk, kind=Kind.DECISION, group="decision:1", comment_id=comment.pk, data={"action": "remove"}
    )
    (result,) = api(reader).get(INBOX).json()["results"]
    assert (result["kind"], result["actors"], result["comment"]) == ("decision", [], None)
    assert result["data"] == {"action": "remove"}


def test_moderators_are_shown_no_more_in_their_inbox_than_others(
    post: Post, reader: User, moderator: User, api: ApiFor
) -> None:
    comment = add_comment(post=post, author=reader, body="@moderator look.")
    tell_of_comment({"comment_id": comment.pk, "first": True})
    assert api(moderator).get(f"{INBOX}/summary").data == {"unread": 1}
    type(comment).objects.update(status="spam")
    assert api(moderator).get(INBOX).data["results"] == []
    assert api(moderator).get(f"{INBOX}/summary").data == {"unread": 0}


def test_rows_for_the_mail_alone_are_not_in_the_inbox(post: Post, reader: User, api: ApiFor) -> None:
    row = comment_by(reader, post)
    Notification.objects.update(in_inbox=False)
    client = api(post.author)
    assert client.get(INBOX).data["results"] == []
    assert client.get(f"{INBOX}/summary").data == {"unread": 0}
    assert_problem(client.patch(f"{INBOX}/{row.pk}", {"read": True}), 404)


def test_the_count_is_a_304_while_nothing_changes(post: Post, reader: User, api: ApiFor) -> None:
    client = api(post.author)
    etag = client.etag(f"{INBOX}/summary")
    assert client.get(f"{INBOX}/summary", headers={"If-None-Match": etag}).status_code == 304
    comment_by(reader, post)
    response = client.get(f"{INBOX}/summary", headers={"If-None-Match": etag})
    assert (response.status_code, response.data) == (200, {"unread": 1})


def test_one_is_marked_as_read_and_as_unread_again(post: Post, reader: User, api: ApiFor) -> None:
    row = comment_by(reader, post)
    client = api(post.author)
    assert client.patch(f"{INBOX}/{row.pk}", {"read": True}).json()["read"] is True
    assert client.get(INBOX, {"unread": "true"}).data["results"] == []
    assert len(client.get(INBOX).data["results"]) == 1
    assert client.patch(f"{INBOX}/{row.pk}", {"read": False}).json()["read"] is False
    assert client.get(f"{INBOX}/summary").data == {"unread": 1}


def test_one_is_looked_at_and_stays_unread(post: Post, reader: User, api: ApiFor) -> None:
    row = comment_by(reader, post)
    client = api(post.author)
    assert client.get(f"{INBOX}/{row.pk}").json() == client.get(INBOX).json()["results"][0]
    assert client.get(f"{INBOX}/summary").json() == {"unread": 1}
    assert api(reader).get(f"{INBOX}/{row.pk}").status_code == 404
    moderate_comment(comment=Comment.objects.get(), status="removed")
    assert client.get(f"{INBOX}/{row.pk}").status_code == 404


def test_all_up_to_the_newest_seen_are_marked(post: Post, reader: User, api: ApiFor) -> None:
    rows = [comment_by(reader, post) for _ in range(4)]
    client = api(post.author)
    assert client.patch(INBOX, {"read": True, "up_to": rows[2].pk}).status_code == 204
    assert [row["id"] for row in client.get(INBOX, {"unread": "true"}).data["results"]] == [rows[3].pk]
    assert client.patch(INBOX, {"read": True}).status_code == 204
    assert client.get(f"{INBOX}/summary").data == {"unread": 0}


def test_what_cannot_be_marked_is_refused(post: Post, reader: User, api: ApiFor) -> None:
    row = comment_by(reader, post)
    assert_problem(api(reader).patch(INBOX, {"read": True, "up_to": row.pk}), 422)
    assert_problem(api(reader).patch(INBOX, {"read": False}), 400)
    assert_problem(api(reader).patch(INBOX, {"up_to": 1}), 400)
    assert_problem(api(reader).patch(f"{INBOX}/{row.pk}", {"read": True}), 404)
    assert Notification.objects.unread().count() == 1


def test_pages_hold_their_order_while_more_arrive(post: Post, reader: User, api: ApiFor) -> None:
    ids = [comment_by(reader, post).pk for _ in range(5)]
    client = api(post.author)
    first = client.get(INBOX, {"limit": 2}).json()
    comment_by(reader, post)
    second = client.get(first["next"]).json()
    assert [row["id"] for row in first["results"] + second["results"]] == ids[:0:-1]


def test_the_number_of_queries_does_not_grow(post: Post, reader: User, api: ApiFor) -> None:
    client = api(post.author)

    def queries(path: str, number: int) -> int:
        for _ in range(number):
            comment_by(reader, post)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    comment_by(reader, post)
    for path in (INBOX, f"{INBOX}/summary"):
        client.get(path)
        assert queries(path, 0) == queries(path, 8)


def test_old_ones_are_forgotten(post: Post, reader: User) -> None:
    rows = [comment_by(reader, post) for _ in range(4)]
    now = timezone.now()
    times: list[dict[str, Any]] = [
        {"read_at": now - timedelta(days=91)},
        {"read_at": now - timedelta(days=89)},
        {"happened_at": now - timedelta(days=366)},
        {"happened_at": now - timedelta(days=364)},
    ]
    for row, change in zip(rows, times, strict=True):
        Notification.objects.filter(pk=row.pk).update(**change)
    assert forget_old_notifications() == 2
    assert set(Notification.objects.values_list("pk", flat=True)) == {rows[1].pk, rows[3].pk}
