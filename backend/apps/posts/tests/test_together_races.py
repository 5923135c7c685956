"""Writing together at once, on a database that lets several in: limits and counters hold, and nothing is half done."""

from functools import partial

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.common.errors import DomainError
from apps.common.tests.at_once import run_at_once
from apps.posts.models import CoAuthor, Post, Presence, ReviewNote
from apps.posts.services import update_post
from apps.posts.services.co_authors import MAX_CO_AUTHORS, TooManyCoAuthors, add_co_author, remove_co_author
from apps.posts.services.presence import note_presence
from apps.posts.services.reviews import approve_post, submit_post
from apps.posts.tests.factories import make_post

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs concurrent connections"),
]

at_once = partial(run_at_once, caught=(DomainError,))


def test_no_more_than_ten_are_added_at_once(author: User) -> None:
    post = make_post(author)
    people = UserFactory.create_batch(16, roles=["author"])
    answers = at_once(lambda number: add_co_author(post=post, person=people[number], actor=author), 16)
    assert answers.count(None) == MAX_CO_AUTHORS
    assert all(isinstance(answer, TooManyCoAuthors) for answer in answers if answer is not None)
    assert Post.objects.get(pk=post.pk).co_author_count == CoAuthor.objects.count() == MAX_CO_AUTHORS
    assert sum(User.objects.filter(pk__in=[p.pk for p in people]).values_list("post_count", flat=True)) == 10


def test_adding_and_removing_one_person_at_once_counts_right(author: User, outsider: User) -> None:
    post = make_post(author)

    def act(number: int) -> None:
        if number % 2:
            remove_co_author(post=post, person=outsider)
        else:
            add_co_author(post=post, person=outsider, actor=author)

    assert at_once(act, 16) == [None] * 16
    present = CoAuthor.objects.count()
    assert Post.objects.get(pk=post.pk).co_author_count == present
    assert User.objects.get(pk=outsider.pk).post_count == present


def test_text_that_is_written_while_it_is_approved_is_not_approved(author: User, editor: User) -> None:
    for _ in range(8):
        post = make_post(author, "draft")
        submit_post(post=post, actor=author)
        seen = {post.version}

        def act(number: int, post: Post = post, seen: set[int] = seen) -> object:
            if number:
                return approve_post(post=post, actor=editor, expected=seen)
            return update_post(post=post, changes={"body": "Unseen."}, editor=author)

        at_once(act, 2)
        now = Post.objects.get(pk=post.pk)
        assert now.body == "Unseen."
        assert now.review_state != "approved"


def test_one_decision_is_taken_once(author: User, editor: User) -> None:
    post = make_post(author, "draft")
    submit_post(post=post, actor=author)
    answers = at_once(lambda _: approve_post(post=post, actor=editor), 8)
    assert sum(isinstance(answer, Post) for answer in answers) == 1
    assert ReviewNote.objects.filter(kind="approved").count() == 1


def test_one_tab_is_one_row_however_often_it_is_told_at_once(author: User) -> None:
    post = make_post(author)
    assert at_once(lambda _: note_presence(post=post, user=author, tab="the-same-tab"), 16) == [None] * 16
    assert Presence.objects.count() == 1
