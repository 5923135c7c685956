"""How PostgreSQL keeps the texts of the index."""

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.posts.tests.factories import make_post
from apps.search.services.building import fill

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite compresses nothing"),
]


def value_of(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return str(cursor.fetchone()[0])


def test_long_texts_are_kept_as_they_are_read_fastest(author: User):
    can = value_of("SELECT enumvals::text FROM pg_settings WHERE name = 'default_toast_compression'")
    make_post(author, body="The tide comes in, and the tide goes out. " * 500)
    list(fill(batch=10))

    assert value_of("SELECT pg_column_compression(body) FROM search_post_text") == ("lz4" if "lz4" in can else "pglz")


def test_heads_stay_in_their_rows(author: User):
    make_post(
        author,
        title="How the tide comes in, where it stands, and when it goes out again",
        body="The tide comes in, and the tide goes out. " * 500,
    )
    list(fill(batch=10))
    toast = value_of("SELECT reltoastrelid::regclass FROM pg_class WHERE oid = 'search_post_text'::regclass")

    # Outside are the vector, the bigrams and the body.
    assert value_of(f"SELECT count(DISTINCT chunk_id) FROM {toast}") == "3"
