"""What is not public is found by nobody, whatever the index says."""

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.comments.services import add_comment, moderate_comment
from apps.common.outbox import drain
from apps.posts.models import Post
from apps.posts.services import unpublish_post, update_post
from apps.posts.tests.factories import STATES, make_post
from apps.search.models import CommentEntry, PostEntry, Word
from apps.search.services.building import fill
from apps.tags.editing import save_category, save_tag
from apps.tags.models import Tag
from apps.tags.services import create_category
from conftest import ApiFor, Cast

pytestmark = pytest.mark.django_db
URL = "/api/v1/search"


def _found(api: ApiFor, user: User | None = None, q: str = "canary") -> int:
    return len(api(user).get(URL, {"q": q}).json()["results"])


@pytest.mark.parametrize("state", [*STATES, "trashed"])
def test_only_what_is_public_is_found_and_by_everybody(api: ApiFor, cast: Cast, state: str):
    make_post(cast.author, state, title="Canary")
    list(fill())

    expected = 1 if state in {"due", "published"} else 0

    assert {name: _found(api, user) for name, user in cast.items() if name != "deactivated"} == dict.fromkeys(
        (name for name, _ in cast.items() if name != "deactivated"), expected
    )


def test_nothing_of_a_draft_is_in_the_index(author: User):
    make_post(author, "draft", title="Canary", body="zanzibar", tags=["canarytag"])
    make_post(author, "scheduled", title="Canary", body="zanzibar")
    list(fill())
    while drain():
        pass

    assert not PostEntry.objects.exists()
    assert not Word.objects.filter(word__in=["canary", "zanzibar", "canarytag"]).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_post_text")
        assert cursor.fetchone()[0] == 0


def test_an_index_that_lags_behind_tells_nothing(api: ApiFor, author: User, reader: User):
    post = make_post(author, title="Canary")
    comment = add_comment(post=post, author=reader, body="A canary sings.")
    list(fill())
    assert _found(api) == 2

    Comment.objects.filter(pk=comment.pk).update(status="removed")
    assert _found(api) == 1
    Comment.objects.filter(pk=comment.pk).update(status="visible")
    Post.objects.filter(pk=post.pk).update(status="draft")  # and no event has been carried out
    assert _found(api) == 0
    assert _found(api, author) == 0


def test_the_outbox_keeps_the_index_in_step(api: ApiFor, author: User, reader: User):
    def carry_out() -> None:
        while drain():
            pass

    post = make_post(author, title="Canary", tags=["birds"])
    comment = add_comment(post=post, author=reader, body="Another canary.")
    carry_out()
    assert (PostEntry.objects.count(), CommentEntry.objects.count()) == (1, 1)
    assert _found(api, q="tag:birds canary") == 1

    moderate_comment(comment=comment, status="spam")
    carry_out()
    assert CommentEntry.objects.count() == 0

    moderate_comment(comment=comment, status="visible")
    carry_out()
    assert CommentEntry.objects.count() == 1

    unpublish_post(post=post)
    carry_out()
    assert (PostEntry.objects.count(), CommentEntry.objects.count()) == (0, 0)


def test_another_category_is_followed(api: ApiFor, author: User):
    first, second = create_category(name="First"), create_category(name="Second")
    post = make_post(author, title="Canary", category=first)
    while drain():
        pass
    assert (_found(api, q="category:first"), _found(api, q="category:second")) == (1, 0)

    update_post(post=post, changes={"category": second})
    while drain():
        pass
    assert (_found(api, q="category:first"), _found(api, q="category:second canary")) == (0, 1)

    save_category(category=second, name="Third", slug="third", parent=first)
    assert (_found(api, q="category:first"), _found(api, q="category:third")) == (1, 1)


def test_names_are_followed(api: ApiFor, author: User):
    make_post(author, title="Canary", tags=["birds"])
    while drain():
        pass
    author.refresh_from_db()
    author.display_name = "Wilhelmina"
    author.save(update_fields=["display_name"])
    save_tag(tag=Tag.objects.get(slug="birds"), name="Ornithology")
    while drain():
        pass

    assert _found(api, q="wilhelmina") == 1
    assert _found(api, q="ornithology") == 1
    assert _found(api, q='tag:"Ornithology"') == 1


def test_a_name_that_nobody_has_any_more_is_forgotten(api: ApiFor, author: User):
    author.display_name = "Wilhelmina Salt"
    author.save(update_fields=["display_name"])
    make_post(author, title="Salt of the earth")
    while drain():
        pass
    assert Word.objects.filter(word__in=["wilhelmina", "salt"]).count() == 2
    author.refresh_from_db()
    author.display_name = "Ada"
    author.save(update_fields=["display_name"])
    while drain():
        pass

    assert [word.word for word in Word.objects.filter(word__in=["wilhelmina", "salt", "ada"]).order_by("word")] == [
        "ada",
        "salt",
    ]
