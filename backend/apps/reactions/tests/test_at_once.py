"""Fifty people, and one person fifty times, at once: counters are exact. On PostgreSQL in threads with a connection
each; on SQLite against a file of its own, since a database in memory is one connection's own."""

import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment
from apps.common.models import OutboxMessage
from apps.common.tests.at_once import run_at_once
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from apps.reactions import services
from apps.reactions.models import Bookmark, CommentLike, PostLike
from apps.reactions.services import recount_reactions

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 50


@pytest.fixture
def shared_database(tmp_path: Path) -> Iterator[None]:
    """A database that many connections can open at once."""
    if connection.vendor != "sqlite":
        yield
        return
    settings = connection.settings_dict
    name, options = settings["NAME"], settings["OPTIONS"]
    path = tmp_path / "byline.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(path) as file:
        connection.connection.backup(file)
        file.execute("PRAGMA journal_mode=WAL")
    kept = connection.connection
    connection.connection = None
    settings.update(NAME=str(path), OPTIONS={**options, "timeout": 30, "transaction_mode": "IMMEDIATE"})
    try:
        yield
    finally:
        connection.close()
        settings.update(NAME=name, OPTIONS=options)
        connection.connection = kept
        connections.close_all()


at_once = partial(run_at_once, times=PEOPLE, caught=(Exception,))


@pytest.fixture
def scene(shared_database: None) -> tuple[Post, Comment, list[User]]:
    author = UserFactory.create(roles=["author"])
    post = make_post(author)
    people = [UserFactory.create(password="x") for _ in range(PEOPLE)]
    return post, add_comment(post=post, author=author, body="Hm."), people


def counts(post: Post, comment: Comment) -> tuple[int, int]:
    return Post.objects.get(pk=post.pk).like_count, Comment.objects.get(pk=comment.pk).like_count


def test_fifty_people_like_and_half_of_them_take_it_back(scene: Any) -> None:
    post, comment, people = scene

    def work(number: int) -> None:
        user = people[number]
        services.like_post(post=post, user=user)
        services.like_comment(comment=comment, user=user)
        if number % 2:
            services.unlike_post(post=post, user=user)
            services.unlike_comment(comment=comment, user=user)

    assert at_once(work) == [None] * PEOPLE
    assert counts(post, comment) == (25, 25) == (PostLike.objects.count(), CommentLike.objects.count())
    assert OutboxMessage.objects.filter(event="reactions.liked").count() == 2 * PEOPLE
    assert OutboxMessage.objects.filter(event="reactions.unliked").count() == PEOPLE
    assert set(recount_reactions().values()) == {0}


def test_one_person_likes_fifty_times(scene: Any) -> None:
    post, comment, people = scene

    def work(_: int) -> None:
        services.like_post(post=post, user=people[0])
        services.like_comment(comment=comment, user=people[0])
        services.add_bookmark(post=post, user=people[0])

    assert at_once(work) == [None] * PEOPLE
    assert counts(post, comment) == (1, 1) == (PostLike.objects.count(), CommentLike.objects.count())
    assert Bookmark.objects.count() == 1
    assert OutboxMessage.objects.filter(event="reactions.liked").count() == 2


def test_one_person_changes_their_mind_fifty_times(scene: Any) -> None:
    post, comment, people = scene

    def work(number: int) -> None:
        verb = "unlike" if number % 2 else "like"
        getattr(services, f"{verb}_post")(post=post, user=people[0])
        getattr(services, f"{verb}_comment")(comment=comment, user=people[0])

    assert at_once(work) == [None] * PEOPLE
    assert counts(post, comment) == (PostLike.objects.count(), CommentLike.objects.count())
    liked, unliked = (OutboxMessage.objects.filter(event=f"reactions.{verb}").count() for verb in ("liked", "unliked"))
    assert liked - unliked == sum(counts(post, comment))


def test_likes_comments_and_recounting_at_once_leave_every_counter_right(scene: Any) -> None:
    post, comment, people = scene

    def work(number: int) -> None:
        if number % 10 == 0:
            recount_reactions()
        elif number % 3 == 0:
            add_comment(post=post, author=people[number], body="Me too.", parent=comment)
        else:
            services.like_post(post=post, user=people[number])
            services.like_comment(comment=comment, user=people[number])

    assert at_once(work) == [None] * PEOPLE
    assert counts(post, comment) == (PostLike.objects.count(), CommentLike.objects.count())
    assert set(recount_reactions().values()) == {0}
