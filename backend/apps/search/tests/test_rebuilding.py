"""Filling the index: interrupted, resumed, begun anew."""

from io import StringIO
from itertools import islice

import pytest
from django.core.management import call_command

from apps.accounts.models import User
from apps.comments.services import add_comment
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from apps.search.models import Build, CommentEntry, PostEntry, Word
from apps.search.searching import find
from apps.search.services import building
from apps.search.services.building import fill
from apps.search.tasks import fill_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def posts(author: User, reader: User) -> list[Post]:
    posts = [make_post(author, title=f"Lantern {number}") for number in range(5)]
    add_comment(post=posts[0], author=reader, body="A lantern.")
    return posts


def test_an_interrupted_rebuild_goes_on_where_it_was(posts: list[Post]):
    assert len(list(islice(fill(batch=2), 1))) == 1
    assert PostEntry.objects.count() == 2

    out = StringIO()
    call_command("rebuild_index", "--resume", "--batch", "2", stdout=out)

    assert (PostEntry.objects.count(), CommentEntry.objects.count()) == (5, 1)
    assert "posts: 3 of 3, up to id" in out.getvalue()
    assert "4 rows in" in out.getvalue()


def test_a_rebuild_mends_what_is_wrong_while_searching_goes_on(posts: list[Post]):
    list(fill())
    Post.objects.filter(pk=posts[0].pk).update(status="draft")
    PostEntry.objects.filter(post=posts[1]).delete()

    call_command("rebuild_index", stdout=StringIO())

    assert {entry.post_id for entry in PostEntry.objects.all()} == {post.pk for post in posts[1:]}
    assert CommentEntry.objects.count() == 0
    assert len(find("lantern").hits) == 4


def test_the_index_can_be_begun_empty(posts: list[Post]):
    list(fill())
    Word.objects.create(word="leftover", backwards="revotfel", length=8)

    call_command("rebuild_index", "--empty", stdout=StringIO())

    assert not Word.objects.filter(word="leftover").exists()
    assert len(find("lantern").hits) == 6


def test_an_upgraded_installation_fills_its_index_by_itself(posts: list[Post], monkeypatch: pytest.MonkeyPatch):
    assert fill_index() == 6
    assert fill_index() == 0

    monkeypatch.setattr(building, "RULES", building.RULES + 1)
    assert fill_index() == 6
    assert set(Build.objects.values_list("is_done", flat=True)) == {True}
