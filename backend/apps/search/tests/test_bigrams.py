"""PostgreSQL's index knows what stands side by side."""

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from apps.search.engines import postgresql
from apps.search.searching import find
from apps.search.services.building import fill

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's index knows the places of words"),
]


@pytest.fixture
def oldest(author: User) -> Post:
    """The only post that holds words as they are looked for; the others hold them in another order."""
    post = make_post(author, title="The one", body="He leans a borrowed ladder on the wall. 東京 ist weit.")
    for number in range(3):
        make_post(author, title=f"Another {number}", body="A ladder; the wall leans on a borrowed one. 京 und 東.")
    return post


@pytest.mark.parametrize(
    "query",
    ['"borrowed ladder"', '"a borrowed ladder on the wall"', "borrowed-ladder leans", "東京", '"borrow ladders"'],
)
def test_a_phrase_is_found_behind_any_number_of_rows_that_hold_its_words(
    oldest: Post, query: str, monkeypatch: pytest.MonkeyPatch
):
    list(fill())
    for name in ("SAMPLE", "MAX_WALKED", "MAX_COMPARED"):
        monkeypatch.setattr(postgresql, name, 1)

    assert [hit.pk for hit in find(query).hits] == [oldest.pk]


@pytest.mark.usefixtures("oldest")
def test_what_shares_a_number_with_a_phrase_is_not_taken_for_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postgresql, "_bigram", lambda *_: 1)
    list(fill())

    assert find('"wall ladder"').hits == []
    assert len(find('"the wall leans"').hits) == 3
