"""Looking at PostgreSQL's index leaves no setting behind."""

import pytest
from django.db import DatabaseError, connection

from apps.search.engines.postgresql import _of_the_index
from apps.search.matching import Match

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such settings"),
]


def look(expression: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(*_of_the_index("post", Match(), expression, in_head=False, limit=1))
        cursor.nextset()
        assert cursor.fetchall() == []


def reads_whole_tables() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        return bool(cursor.fetchone()[0] == "on")


def test_after_an_answer():
    look("'harbour'")

    assert reads_whole_tables()


def test_after_an_error():
    with pytest.raises(DatabaseError):
        look("(((")

    assert reads_whole_tables()
