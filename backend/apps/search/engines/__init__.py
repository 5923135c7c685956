"""The port: what finds rows by their tokens. One engine for each database; another program can be a third.

Everything that makes a search what it is (words, languages, typos, ranking, excerpts, who sees what) lies outside,
so engines are small and agree by nature.
"""

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from django.db import connection

from apps.search.matching import Match, Text

KINDS = ("post", "comment")
MAX_SIFTED = 2000
"""Newest rows that are looked at where a query only says what they must not hold."""


class Engine(Protocol):
    """Rows have an id (`position`), and the greatest are the newest. Writes run in the caller's transaction."""

    def write(self, kind: str, rows: Sequence[tuple[int, Text]]) -> None:
        """Put these rows in, in the place of those with the same ids."""

    def remove(self, kind: str, positions: Sequence[int]) -> None:
        """Take these out; that one is not there is no error."""

    def clear(self, kind: str) -> None:
        """Take all out."""

    def find(self, kind: str, match: Match, *, in_head: bool, limit: int) -> list[int]:
        """The newest rows that match, newest first. `in_head`: all clauses in title and names alone, but
        what is unwanted nowhere."""

    def texts(self, kind: str, positions: Sequence[int], *, up_to: int) -> dict[int, Text]:
        """What is kept of these rows (without marks), the body's first characters."""


@cache
def engine() -> Engine:
    """The engine of the database that this installation uses."""
    if connection.vendor == "postgresql":
        from apps.search.engines.postgresql import PostgresEngine

        return PostgresEngine()
    from apps.search.engines.sqlite import SqliteEngine

    return SqliteEngine()
