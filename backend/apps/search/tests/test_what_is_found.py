"""One set of queries with what they find. It runs on both databases, so both engines answer alike."""

import pytest

from apps.accounts.models import User
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
