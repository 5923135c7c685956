"""PostgreSQL's `tsvector` with a GIN index. One table a kind: `search_post_text` and `search_comment_text`.

A vector holds plain lexemes without positions: each token once, each token of the head once more as `:token`, and
marks as `=mark`. So the GIN index answers every question by itself, and PostgreSQL never has to read the vectors of
all rows that match to be sure (which it would for weights and for `<->`, and which costs a second where a word is in
every post). What stands side by side is kept as `bigrams`, numbers for two tokens each, in the same index: rows that
may hold a phrase are looked up by all of its twos, newest first, and then compared with the text.

The index gives rows in no order, so all that match would be fetched to find the newest of them. What is in many rows
is therefore looked for among the newest rows first, one after the other, until there are enough.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any
from zlib import crc32

from django.db import connection

from apps.search.engines import MAX_SIFTED
from apps.search.matching import Clause, Match, Text

SAMPLE = 250
"""Newest rows that are tried one after the other, to see how many match."""
HEAD_SAMPLE = 1000
"""The same where only heads count, which are short and lie in the row itself."""
MAX_WALKED = 2000
"""Newest rows that are tried where the sample promises enough in them: some milliseconds, as one match in ten takes the
index."""
MAX_COMPARED = 20_000
"""Rows that hold each word of a phrase beside the next one, whose texts are compared with it, newest first."""
BIGRAMS = 2**20
"""So many numbers for bigrams keep the index small. By chance, a text of a thousand words holds the one that is looked
for once in a thousand times."""
Statement = tuple[str, list[Any]]


class PostgresEngine:
    def write(self, kind: str, rows: Sequence[tuple[int, Text]]) -> None:
        statement = (
            f"INSERT INTO {_table(kind)} (position, lexemes, bigrams, title, names, body) "  # noqa: S608
            "VALUES (%s, array_to_tsvector(%s::text[]), %s::integer[], %s, %s, %s) ON CONFLICT (position) DO UPDATE "
            "SET lexemes = excluded.lexemes, bigrams = excluded.bigrams, title = excluded.title, "
            "names = excluded.names, body = excluded.body"
        )
        values = [(at, _lexemes(row), _bigrams(row), row.title, row.names, row.body) for at, row in rows]
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)

    def remove(self, kind: str, positions: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {_table(kind)} WHERE position = ANY(%s::bigint[])", [_array(positions)])  # noqa: S608

    def clear(self, kind: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {_table(kind)}")

    def find(self, kind: str, match: Match, *, in_head: bool, limit: int) -> list[int]:
        found: list[int] = []
        with connection.cursor() as cursor:
            for walk in _walks(match, limit, in_head=in_head):
                cursor.execute(*_among_the_newest(kind, match, in_head=in_head, limit=limit, walk=walk))
                found += [position for (position,) in cursor.fetchall()]
                if len(found) >= limit or not match.says_what:
                    return found[:limit]
                if len(found) * MAX_WALKED < limit * walk.stop:
                    break
            cursor.execute(*_of_the_index(kind, match, in_head=in_head, limit=limit))
            cursor.nextset()
            return [position for (position,) in cursor.fetchall()]

    def texts(self, kind: str, positions: Sequence[int], *, up_to: int) -> dict[int, Text]:
        with connection.cursor() as cursor:
            cursor.execute(
                # Counting characters takes ten times as long as reading them: only where there may be too many.
                "SELECT position, title, names, CASE WHEN octet_length(body) > %s THEN left(body, %s) ELSE body END "  # noqa: S608
                f"FROM {_table(kind)} WHERE position = ANY(%s::bigint[])",
                [up_to, up_to, _array(positions)],
            )
            return {at: Text(title, names, body) for at, title, names, body in cursor.fetchall()}


def _table(kind: str) -> str:
    return {"post": "search_post_text", "comment": "search_comment_text"}[kind]


def _array(numbers: Iterable[int]) -> str:
    """An array as a text: of a list, the driver would quote one number after the other."""
    return f"{{{','.join(map(str, numbers))}}}"


def _lexemes(row: Text) -> list[str]:
    head = {*row.title.split(), *row.names.split()}
    every = {*head, *row.body.split(), *(f":{token}" for token in head), *(f"={mark}" for mark in row.marks.split())}
    return sorted(every)


def _bigrams(row: Text) -> str:
    """Of each part of the row, as an array."""
    parts = (row.title, row.names, row.body)
    return _array(sorted({_bigram(*two) for part in parts for two in pairwise(part.split())}))


def _bigram(one: str, other: str) -> int:
    """A number for two tokens that stand side by side. Others may have the same one: it only proposes."""
    return crc32(f"{one} {other}".encode()) % BIGRAMS


def _walks(match: Match, limit: int, *, in_head: bool) -> tuple[range, ...]:
    """Which of the newest rows are tried, before the index is asked: the first so many, and those after them."""
    if match.says_what:
        first = HEAD_SAMPLE if in_head and not (match.marks or match.says_what_not) else SAMPLE
        return range(first), range(first, MAX_WALKED)
    return (range(MAX_SIFTED if match.says_what_not else limit),)


def _among_the_newest(kind: str, match: Match, *, in_head: bool, limit: int, walk: range) -> Statement:
    """Those of a run of the newest rows that match, newest first. Stops as soon as there are enough."""
    span, bounds = _span(match, "position")
    # Reading a head is many times faster than the vector, which lies outside of the row.
    expression = _expression(replace(match, clauses=[]) if in_head else match, in_head=in_head)
    holds, phrases = _holds(match, in_head=in_head, words=in_head)
    conditions = [*(["kept.lexemes @@ %s::tsquery"] if expression else []), *holds]
    statement = (
        "SELECT kept.position FROM "  # noqa: S608
        f"(SELECT * FROM {_table(kind)} WHERE {span} "
        f"ORDER BY position DESC LIMIT {len(walk)} OFFSET {walk.start}) kept "
        f"WHERE {' AND '.join(conditions) or 'true'} ORDER BY kept.position DESC LIMIT {int(limit)}"
    )
    return statement, [*bounds, *([expression] if expression else []), *phrases]


def _of_the_index(kind: str, match: Match, *, in_head: bool, limit: int) -> Statement:
    """All rows that match, newest first, as the second result of three.

    PostgreSQL is kept from reading all rows where most of them match: it takes comparing a vector, which lies outside
    of its row, for nearly free. Statements that are sent together are one transaction, so an error takes that back.
    """
    # The zeros keep PostgreSQL from walking the ids and trying each row's vector, which it takes for cheap.
    span, bounds = _span(match, "position + 0")
    expression = _expression(match, in_head=in_head)
    holds, phrases = _holds(match, in_head=in_head)
    sides = [_array(bigrams) for clause in match.clauses for bigrams in _side_by_side(clause)]
    conditions = ["lexemes @@ %s::tsquery", *(["bigrams && %s::integer[]"] * len(sides)), span]
    statement = (
        f"SELECT position + 0 AS place FROM {_table(kind)} WHERE {' AND '.join(conditions)} "  # noqa: S608
        f"ORDER BY place DESC LIMIT {MAX_COMPARED if holds else int(limit)}"
    )
    if holds:
        statement = (
            # One text after the other, and no further than to the last row that is wanted.
            f"SELECT found.place FROM ({statement}) found JOIN LATERAL "  # noqa: S608
            f"(SELECT * FROM {_table(kind)} t WHERE t.position = found.place OFFSET 0) kept ON true "
            f"WHERE {' AND '.join(holds)} ORDER BY found.place DESC LIMIT {int(limit)}"
        )
    return f"SET enable_seqscan = off; {statement}; RESET enable_seqscan", [expression, *sides, *bounds, *phrases]


def _side_by_side(clause: Clause) -> list[set[int]]:
    """Sets of bigrams of each of which a row must hold one, to hold the clause."""
    if len({len(phrase) for phrase in clause.phrases}) != 1:
        return []  # single words do as well
    twos = (pairwise(phrase) for phrase in clause.phrases)
    return [{_bigram(*two) for two in spellings} for spellings in zip(*twos, strict=True)]


def _span(match: Match, place: str) -> tuple[str, list[int]]:
    """The span of positions as a condition on `place`."""
    bounds = {">=": match.first, "<=": match.last}
    given = {comparison: bound for comparison, bound in bounds.items() if bound is not None}
    return " AND ".join(f"{place} {comparison} %s" for comparison in given) or "true", list(given.values())


def _holds(match: Match, *, in_head: bool, words: bool = False) -> tuple[list[str], list[str]]:
    """For each clause in which words must stand side by side, and for phrases that must be nowhere: a condition on the
    texts of the row `kept`. `words`: for clauses of single words too."""
    head = "' ' || kept.title || ' | ' || kept.names"
    whole = f"{head} || ' | ' || kept.body || ' '"
    text = f"{head} || ' '" if in_head else whole
    least = 0 if words else 1
    clauses = [clause.phrases for clause in match.clauses if any(len(phrase) > least for phrase in clause.phrases)]
    conditions = [f"({' OR '.join([f'strpos({text}, %s) > 0'] * len(phrases))})" for phrases in clauses]
    unwanted = [phrase for phrase in match.unwanted_phrases if len(phrase) > 1]
    conditions += [f"strpos({whole}, %s) = 0"] * len(unwanted)
    return conditions, [f" {' '.join(phrase)} " for phrases in [*clauses, unwanted] for phrase in phrases]


def _expression(match: Match, *, in_head: bool) -> str:
    prefix = ":" if in_head else ""
    parts = [_any(clause, prefix) for clause in match.clauses]
    parts += [" | ".join(_quoted(f"={mark}") for mark in marks) for marks in match.marks]
    unwanted = [phrase[0] for phrase in match.unwanted_phrases if len(phrase) == 1]
    unwanted += [f"={mark}" for mark in match.unwanted_marks]
    return " & ".join([*(f"({part})" for part in parts), *(f"!{_quoted(lexeme)}" for lexeme in unwanted)])


def _any(clause: Clause, prefix: str) -> str:
    return " | ".join(f"({_all(phrase, prefix)})" for phrase in clause.phrases)


def _all(tokens: Iterable[str], prefix: str) -> str:
    return " & ".join(_quoted(prefix + token) for token in dict.fromkeys(tokens))


def _quoted(lexeme: str) -> str:
    """A lexeme of a tsquery. Tokens hold neither quotes nor backslashes; doubling them keeps it so whatever they
    held."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
