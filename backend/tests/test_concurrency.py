"""Many people at once in one thread, on a real database: nothing is lost, counted twice or deadlocked."""

import json
from collections import Counter
from functools import partial
from http.client import HTTPConnection
from typing import Any

import pytest
from django.db import connection

from apps.accounts.sessions import start_session
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment, delete_comment
from apps.common.errors import VersionConflict
from apps.common.tests.at_once import run_at_once
from apps.posts.errors import WorkingCopyExists, WorkingCopyGone
from apps.posts.models import Post, Revision, WorkingCopy
from apps.posts.services import update_post
from apps.posts.services.working_copies import (
    create_working_copy,
    keep_version,
    publish_working_copy,
    restore_revision,
    update_working_copy,
)
from apps.posts.tests.factories import make_post

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="an SQLite database in memory is one connection's own"),
]

at_once = partial(run_at_once, caught=(Exception,))


def test_parallel_replies_and_deletions_keep_the_counts() -> None:
    author = UserFactory.create(roles=["author"])
    post = make_post(author)
    root = add_comment(post=post, author=author, body="Root")

    def reply_and_perhaps_delete(number: int) -> None:
        parent = Comment.objects.get(pk=root.pk) if number % 2 else None
        comment = add_comment(post=post, author=author, body=str(number), parent=parent)
        if number % 3 == 0:
            delete_comment(comment=comment)

    answers = at_once(reply_and_perhaps_delete, 12)
    assert answers == [None] * 12
    visible = Comment.objects.filter(status="visible")
    post.refresh_from_db()
    root.refresh_from_db()
    author.refresh_from_db()
    assert post.comment_count == author.comment_count == visible.count() == 9
    assert root.reply_count == visible.filter(parent=root).count()


def test_of_parallel_edits_of_one_version_one_wins() -> None:
    author = UserFactory.create(roles=["author"])
    post = make_post(author, "draft")
    answers = at_once(lambda n: update_post(post=post, changes={"title": f"Edit {n}"}, expected={1}), 10)
    won = [answer for answer in answers if isinstance(answer, Post)]
    lost = [answer for answer in answers if isinstance(answer, VersionConflict)]
    assert (len(won), len(lost)) == (1, 9)
    assert {error.extra["current_version"] for error in lost} == {2}
    assert Post.objects.get().title == won[0].title


def test_parallel_posts_of_one_title_get_slugs_of_their_own() -> None:
    author = UserFactory.create(roles=["author"])
    answers = at_once(lambda n: make_post(author, "draft", title="Salt", tags=["a", "b"][:: 1 - 2 * (n % 2)]), 6)
    slugs = [answer.slug for answer in answers if isinstance(answer, Post)]
    assert len(set(slugs)) == 6, answers


def test_of_fifty_parallel_edits_over_http_one_wins_and_the_others_learn_the_version(live_server: Any) -> None:
    author = UserFactory.create(roles=["author"])
    post = make_post(author, "draft")
    _, tokens = start_session(user=author, methods=["password"])
    headers = {"Authorization": f"Bearer {tokens.access}", "If-Match": '"1.seen"', "Content-Type": "application/json"}

    lines = [HTTPConnection(live_server.thread.host, live_server.thread.port, timeout=60) for _ in range(50)]
    for line in lines:
        line.connect()  # one after the other, for the server's queue is short; what is asked comes at once

    def patch(number: int) -> tuple[int, dict[str, Any]]:
        body = json.dumps({"title": f"Edit {number}", "body": f"Text {number} \n" * 50})
        for _ in range(5):
            lines[number].request("PATCH", f"/api/v1/posts/{post.slug}", body, headers)
            response = lines[number].getresponse()
            answer = response.status, json.loads(response.read())
            if response.status != 503:  # on a busy machine one of them may wait too long for the row, and asks again
                break
        return answer

    answers = at_once(patch, 50)
    for line in lines:
        line.close()
    statuses = Counter(answer[0] for answer in answers)
    assert statuses == {200: 1, 412: 49}, answers
    assert {body["current_version"] for status, body in answers if status == 412} == {2}
    won = next(body for status, body in answers if status == 200)
    stored = Post.objects.get()
    assert (stored.version, stored.title, stored.body) == (2, won["title"], won["body"])
    newest = Revision.objects.filter(post=post).first()
    assert newest is not None
    assert (newest.number, newest.body) == (2, won["body"])


def test_parallel_changes_number_their_revisions_without_gaps() -> None:
    author = UserFactory.create(roles=["author"])
    post = make_post(author)

    def change(number: int) -> None:
        if number % 3 == 0:
            keep_version(post=post, changes={"body": f"Aside {number}"}, editor=author)
        elif number % 3 == 1:
            update_post(post=post, changes={"body": f"Text {number}"}, editor=author)
        else:
            first = Revision.objects.get(post=post, number=1)
            restore_revision(post=post, revision=first, expected=None, editor=author)

    assert at_once(change, 12) == [None] * 12
    assert sorted(Revision.objects.values_list("number", flat=True)) == list(range(1, 14))


def test_of_parallel_saves_of_a_working_copy_one_wins() -> None:
    author = UserFactory.create(roles=["author"])
    post = make_post(author)

    def begin(number: int) -> WorkingCopy:
        return create_working_copy(post=post, changes={"body": f"{number}"}, editor=author)

    def save(number: int) -> WorkingCopy:
        return update_working_copy(post=post, changes={"body": f"{number}"}, expected={1}, editor=author)

    for work, refusal in ((begin, WorkingCopyExists), (save, VersionConflict)):
        answers = at_once(work, 8)
        won = [answer for answer in answers if isinstance(answer, WorkingCopy)]
        assert len(won) == 1, answers
        assert sum(isinstance(answer, refusal) for answer in answers) == 7, answers
        assert WorkingCopy.objects.get().body == won[0].body


def test_working_copy_is_published_once() -> None:
    author = UserFactory.create(roles=["author"])
    post = make_post(author)
    create_working_copy(post=post, changes={"body": "New."}, editor=author)
    answers = at_once(lambda _: publish_working_copy(post=post, expected={1}, editor=author), 6)
    assert sum(isinstance(answer, Post) for answer in answers) == 1, answers
    assert sum(isinstance(answer, WorkingCopyGone) for answer in answers) == 5, answers
    assert Post.objects.get().version == post.version + 1
