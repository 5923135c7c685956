"""Who was blocked by somebody does not answer them."""

from typing import Any

import pytest

from apps.accounts.models import User
from apps.accounts.relations import block, unblock
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment
from apps.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


def test_blocked_person_comments_again_once_unblocked(api: Any, reader: User, author: User) -> None:
    thread = f"/api/v1/posts/{make_post(author).slug}/comments"
    block(blocker=author, blocked=reader)

    refused = api(reader).post(thread, {"body": "Hm."})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_welcome")
    assert "block" not in refused.content.decode().lower()
    assert not Comment.objects.exists()

    unblock(blocker=author, blocked=reader)
    assert api(reader).post(thread, {"body": "Hm."}).status_code == 201


def test_blocked_person_replies_to_others_in_the_same_thread(api: Any, reader: User, outsider: User) -> None:
    post = make_post(UserFactory.create(roles=["author"]))
    own, others = (add_comment(post=post, author=person, body="Mine.") for person in (outsider, UserFactory.create()))
    block(blocker=outsider, blocked=reader)
    thread = f"/api/v1/posts/{post.slug}/comments"

    assert api(reader).post(thread, {"body": "Hm.", "parent": own.pk}).status_code == 403
    assert api(reader).post(thread, {"body": "Hm.", "parent": others.pk}).status_code == 201


def test_reply_to_the_blocker_is_refused_at_the_deepest_level_too(api: Any, reader: User, outsider: User) -> None:
    post = make_post(UserFactory.create(roles=["author"]))
    comment = add_comment(post=post, author=UserFactory.create(), body="Top.")
    for _ in range(9):
        comment = add_comment(post=post, author=outsider, parent=comment, body="Deeper.")
    block(blocker=outsider, blocked=reader)

    response = api(reader).post(f"/api/v1/posts/{post.slug}/comments", {"body": "Hm.", "parent": comment.pk})
    assert response.status_code == 403


def test_blocking_does_not_silence_the_blocker(api: Any, reader: User, author: User) -> None:
    block(blocker=reader, blocked=author)

    assert api(reader).post(f"/api/v1/posts/{make_post(author).slug}/comments", {"body": "Hm."}).status_code == 201


def test_permissions_tell_beforehand_and_cost_one_query(
    api: Any, reader: User, author: User, django_assert_num_queries: Any
) -> None:
    post = make_post(author)
    for person in (author, reader, UserFactory.create(), UserFactory.create()):
        add_comment(post=post, author=person, body="Mine.")
    blocker = UserFactory.create()
    add_comment(post=post, author=blocker, body="Mine.")
    block(blocker=blocker, blocked=reader)
    client = api(reader)
    thread = f"/api/v1/posts/{post.slug}/comments"

    client.get(thread, {"include": "permissions"})
    with django_assert_num_queries(7):
        rows = client.get(thread, {"include": "permissions"}).json()["results"]
    assert [row["permissions"]["reply"] for row in rows] == [True, True, True, True, False]

    block(blocker=author, blocked=reader)
    rows = client.get(thread, {"include": "permissions"}).json()["results"]
    assert not any(row["permissions"]["reply"] for row in rows)
    for path in (f"/api/v1/posts/{post.slug}", "/api/v1/posts"):
        answer = client.get(path, {"include": "permissions"}).json()
        assert answer.get("results", [answer])[0]["permissions"]["comment"] is False
    one = client.get(f"/api/v1/comments/{rows[0]['id']}", {"include": "permissions"}).json()
    assert one["permissions"]["reply"] is False
