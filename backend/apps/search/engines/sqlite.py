"""SQLite's FTS5. One table a kind: `search_post_text` and `search_comment_text`, made by a migration.

The tokenizer is `ascii`, which splits at blanks and takes everything beyond ASCII for a letter: the tokens come ready.
Rows are found by walking the index from the newest on, so that a page costs the same however many rows match.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from apps.search.matching import Clause, Match, Text


class SqliteEngine:
    def write(self, kind: str, rows: Sequence[tuple[int, Text]]) -> None:
        self.remove(kind, [position for position, _ in rows])
        statement = f"INSERT INTO {_table(kind)} (rowid, title, names, body, marks) VALUES (%s, %s, %s, %s, %s)"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.executemany(statement, [(at, row.title, row.names, row.body, row.marks) for at, row in rows])

    def remove(self, kind: str, positions: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {_table(kind)} WHERE rowid = %s", [(at,) for at in positions])  # noqa: S608

    def clear(self, kind: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {_table(kind)}")  # noqa: S608

    def find(self, kind: str, match: Match, *, in_head: bool, limit: int) -> list[int]:
        table = _table(kind)
        conditions: list[str] = []
        values: list[Any] = []
        expression = _expression(match, in_head=in_head)
        if expression:
            conditions.append(f"{table} MATCH %s")
            values.append(expression)
        for comparison, bound in ((">=", match.first), ("<=", match.last)):
            if bound is not None:
                conditions.append(f"rowid {comparison} %s")
                values.append(bound)
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT rowid FROM {table} {where} ORDER BY rowid DESC LIMIT %s", [*values, limit])  # noqa: S608
            return [position for (position,) in cursor.fetchall()]

    def texts(self, kind: str, positions: Sequence[int], *, up_to: int) -> dict[int, Text]:
        if not positions:
            return {}
        places = ", ".join(["%s"] * len(positions))
        # From FTS5's own table of what it holds: asking FTS5 for it row by row takes several times as long.
        statement = f"SELECT id, c0, c1, substr(c2, 1, %s) FROM {_table(kind)}_content WHERE id IN ({places})"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(statement, [up_to, *positions])
            return {at: Text(title, names, body) for at, title, names, body in cursor.fetchall()}


def _table(kind: str) -> str:
    return {"post": "search_post_text", "comment": "search_comment_text"}[kind]


def _expression(match: Match, *, in_head: bool) -> str:
    columns = "{title names}" if in_head else "{title names body}"
    parts = [f"{columns} : ({_any(clause)})" for clause in match.clauses]
    parts += [f"marks : ({' OR '.join(_phrase((mark,)) for mark in marks)})" for marks in match.marks]
    return " AND ".join(f"({part})" for part in parts)


def _any(clause: Clause) -> str:
    return " OR ".join(_phrase(phrase) for phrase in clause.phrases)


def _phrase(tokens: Sequence[str]) -> str:
    """A string of FTS5's language. Tokens hold no quotes; doubling them keeps it so whatever they held."""
    return '"' + " ".join(tokens).replace('"', '""') + '"'
