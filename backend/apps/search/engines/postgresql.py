"""PostgreSQL's `tsvector` with a GIN index. One table a kind: `search_post_text` and `search_comment_text`.

A vector holds plain lexemes without positions: each token once, each token of the head once more as `:token`, and
marks as `=mark`. So the GIN index answers every question by itself, and PostgreSQL never has to read the vectors of
all rows that match to be sure (which it would for weights and for `<->`, and which costs a second where a word is in
every post). Phrases are looked up by their words, newest first, and then compared with the text.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection

from apps.search.matching import Clause, Match, Text

MAX_COMPARED = 20_000
"""Rows with all words of a phrase whose texts are compared with it, newest first."""


class PostgresEngine:
    def write(self, kind: str, rows: Sequence[tuple[int, Text]]) -> None:
        statement = (
            f"INSERT INTO {_table(kind)} (position, lexemes, title, names, body) "  # noqa: S608
            "VALUES (%s, array_to_tsvector(%s::text[]), %s, %s, %s) ON CONFLICT (position) DO UPDATE SET "
            "lexemes = excluded.lexemes, title = excluded.title, names = excluded.names, body = excluded.body"
        )
        values = [(at, _lexemes(row), row.title, row.names, row.body) for at, row in rows]
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)

    def remove(self, kind: str, positions: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {_table(kind)} WHERE position = ANY(%s)", [list(positions)])  # noqa: S608

    def clear(self, kind: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {_table(kind)}")

    def find(self, kind: str, match: Match, *, in_head: bool, limit: int) -> list[int]:
        phrases = [clause for clause in match.clauses if any(len(phrase) > 1 for phrase in clause.phrases)]
        statement, values = _matching(kind, match, in_head=in_head, limit=MAX_COMPARED if phrases else limit)
        if phrases:
            conditions = []
            for clause in phrases:
                conditions.append(f"({' OR '.join([_COMPARED_HEAD if in_head else _COMPARED] * len(clause.phrases))})")
                values += [f" {' '.join(phrase)} " for phrase in clause.phrases]
            statement = (
                # One text after the other, and no further than to the last row that is wanted.
                f"SELECT found.place FROM ({statement}) found JOIN LATERAL "  # noqa: S608
                f"(SELECT * FROM {_table(kind)} t WHERE t.position = found.place OFFSET 0) kept ON true "
                f"WHERE {' AND '.join(conditions)} ORDER BY found.place DESC LIMIT {int(limit)}"
            )
        with connection.cursor() as cursor, _by_index(cursor):
            cursor.execute(statement, values)
            return [position for (position,) in cursor.fetchall()]

    def texts(self, kind: str, positions: Sequence[int], *, up_to: int) -> dict[int, Text]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT position, title, names, left(body, %s) FROM {_table(kind)} WHERE position = ANY(%s)",  # noqa: S608
                [up_to, list(positions)],
            )
            return {at: Text(title, names, body) for at, title, names, body in cursor.fetchall()}


_COMPARED_HEAD = "strpos(' ' || kept.title || ' | ' || kept.names || ' ', %s) > 0"
_COMPARED = "strpos(' ' || kept.title || ' | ' || kept.names || ' | ' || kept.body || ' ', %s) > 0"


@contextmanager
def _by_index(cursor: Any) -> Iterator[None]:
    """Keep PostgreSQL from reading all rows where most of them match: it takes comparing a vector, which lies outside
    of its row, for nearly free."""
    cursor.execute("SET enable_seqscan = off")
    try:
        yield
    except DatabaseError:
        if not connection.in_atomic_block:  # else the end of the transaction takes it back
            cursor.execute("RESET enable_seqscan")
        raise
    cursor.execute("RESET enable_seqscan")


def _table(kind: str) -> str:
    return {"post": "search_post_text", "comment": "search_comment_text"}[kind]


def _lexemes(row: Text) -> list[str]:
    head = {*row.title.split(), *row.names.split()}
    every = {*head, *row.body.split(), *(f":{token}" for token in head), *(f"={mark}" for mark in row.marks.split())}
    return sorted(every)


def _matching(kind: str, match: Match, *, in_head: bool, limit: int) -> tuple[str, list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    expression = _expression(match, in_head=in_head)
    if expression:
        conditions.append("lexemes @@ %s::tsquery")
        values.append(expression)
    for comparison, bound in ((">=", match.first), ("<=", match.last)):
        if bound is not None:
            conditions.append(f"position {comparison} %s")
            values.append(bound)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    # The zero keeps PostgreSQL from walking the ids and trying each row's vector, which it takes for cheap.
    place = "position + 0" if expression else "position"
    return f"SELECT {place} AS place FROM {_table(kind)} {where} ORDER BY place DESC LIMIT {int(limit)}", values  # noqa: S608


def _expression(match: Match, *, in_head: bool) -> str:
    prefix = ":" if in_head else ""
    parts = [_any(clause, prefix) for clause in match.clauses]
    parts += [" | ".join(_quoted(f"={mark}") for mark in marks) for marks in match.marks]
    return " & ".join(f"({part})" for part in parts)


def _any(clause: Clause, prefix: str) -> str:
    return " | ".join(f"({_all(phrase, prefix)})" for phrase in clause.phrases)


def _all(tokens: Iterable[str], prefix: str) -> str:
    return " & ".join(_quoted(prefix + token) for token in dict.fromkeys(tokens))


def _quoted(lexeme: str) -> str:
    """A lexeme of a tsquery. Tokens hold neither quotes nor backslashes; doubling them keeps it so whatever they
    held."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
