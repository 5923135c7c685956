"""SQLite's FTS5. One table a kind: `search_post_text` and `search_comment_text`, made by a migration.

The tokenizer is `ascii`, which splits at blanks and takes everything beyond ASCII for a letter: the tokens come ready.
Rows are found by walking the index from the newest on, so that a page costs the same however many rows match.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from apps.search.engines import MAX_SIFTED
from apps.search.matching import Match, Phrase, Text

_TEXT = "{title names body}"


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
        span = [(">=", match.first), ("<=", match.last)]
        if match.says_what or not match.says_what_not:
            return _newest(kind, _expression(match, in_head=in_head), span, limit=limit)
        newest = _newest(kind, "", span, limit=MAX_SIFTED)
        if not newest:
            return []
        span = [(">=", newest[-1]), ("<=", newest[0])]
        unwanted = set(_newest(kind, _unwanted(match), span, limit=MAX_SIFTED))
        return [position for position in newest if position not in unwanted][:limit]

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


def _newest(kind: str, expression: str, span: Iterable[tuple[str, int | None]], *, limit: int) -> list[int]:
    table = _table(kind)
    conditions = [f"{table} MATCH %s"] if expression else []
    values: list[Any] = [expression] if expression else []
    for comparison, bound in span:
        if bound is not None:
            conditions.append(f"rowid {comparison} %s")
            values.append(bound)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM {table} {where} ORDER BY rowid DESC LIMIT %s", [*values, limit])  # noqa: S608
        return [position for (position,) in cursor.fetchall()]


def _expression(match: Match, *, in_head: bool) -> str:
    columns = "{title names}" if in_head else _TEXT
    parts = [f"{columns} : ({_any(clause.phrases)})" for clause in match.clauses]
    parts += [f"marks : ({_any((mark,) for mark in marks)})" for marks in match.marks]
    wanted = " AND ".join(f"({part})" for part in parts)
    return f"({wanted}) NOT ({_unwanted(match)})" if wanted and match.says_what_not else wanted


def _unwanted(match: Match) -> str:
    phrases, marks = match.unwanted_phrases, match.unwanted_marks
    parts = [f"{_TEXT} : ({_any(phrases)})"] if phrases else []
    parts += [f"marks : ({_any((mark,) for mark in marks)})"] if marks else []
    return " OR ".join(f"({part})" for part in parts)


def _any(phrases: Iterable[Phrase]) -> str:
    return " OR ".join(_phrase(phrase) for phrase in phrases)


def _phrase(tokens: Sequence[str]) -> str:
    """A string of FTS5's language. Tokens hold no quotes; doubling them keeps it so whatever they held."""
    return '"' + " ".join(tokens).replace('"', '""') + '"'
