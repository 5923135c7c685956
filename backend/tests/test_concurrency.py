"""Many people at once in one thread, on a real database: nothing is lost, counted twice or deadlocked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections

from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment, delete_comment
from apps.common.errors import VersionConflict
from apps.posts.models import Post
from apps.posts.services import update_post
from apps.posts.tests.factories import make_post

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="an SQLite database in memory is one connection's own"),
]


def at_once(work: Callable[[int], Any], times: int) -> list[Any]:
    """Run the work in as many threads, each with a connection of its own; exceptions are answers too."""

    def run(number: int) -> Any:
        try:
            return work(number)
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


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
