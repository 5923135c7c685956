"""Looking at PostgreSQL's index leaves no setting behind."""

import pytest
from django.db import DatabaseError, connection

from apps.search.engines import postgresql
from apps.search.matching import Clause, Match

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such settings"),
]


def look() -> None:
    match = Match(clauses=[Clause({"en": frozenset({("harbour",)})})])
    assert postgresql.PostgresEngine().find("post", match, in_head=False, limit=1) == []


def reads_whole_tables() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        return bool(cursor.fetchone()[0] == "on")


def test_after_an_answer():
    look()

    assert reads_whole_tables()


def test_after_an_error(monkeypatch: pytest.MonkeyPatch):
    statement, _ = postgresql._of_the_index("post", Match(), in_head=False, limit=1)
    monkeypatch.setattr(postgresql, "_of_the_index", lambda *_, **__: (statement, ["((("]))
    with pytest.raises(DatabaseError):
        look()

    assert reads_whole_tables()
