"""One set of queries with what they find. It runs on both databases, so both engines answer alike."""

import pytest

from apps.accounts.models import User
from apps.search.engines import engine
from apps.search.searching import find
from apps.search.tests.corpus import EXPECTED, EXPECTED_COMMENTS, make_publication

pytestmark = pytest.mark.django_db


def test_every_query_finds_the_posts_that_it_should_in_their_order(reader: User):
    names, _ = make_publication(reader)

    found = {query: [names[hit.pk] for hit in find(query, ["post"]).hits] for query in EXPECTED}

    assert found == EXPECTED


def test_every_query_finds_the_comments_that_it_should(reader: User):
    _, names = make_publication(reader)

    found = {query: [names[hit.pk] for hit in find(query, ["comment"]).hits] for query in EXPECTED_COMMENTS}

    assert found == EXPECTED_COMMENTS


@pytest.mark.parametrize("in_head", [False, True])
def test_the_newest_few_are_the_first_of_all_that_match(reader: User, in_head: bool):
    make_publication(reader)

    for query in EXPECTED:
        match = find(query, ["post"]).match
        found = engine().find("post", match, in_head=in_head, limit=1000)

        assert found == sorted(found, reverse=True)
        for limit in range(1, len(found) + 1):
            assert (query, engine().find("post", match, in_head=in_head, limit=limit)) == (query, found[:limit])
