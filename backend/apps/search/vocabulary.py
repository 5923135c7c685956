"""The words that occur: what an unfinished word may become, and what a mistyped one was meant to be.

Plain tables and no feature of either database, so that both forgive the same.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import QuerySet

from apps.search.engines import KINDS, engine
from apps.search.matching import Clause, Match
from apps.search.models import Stemming, Word
from apps.search.words import stem

MAX_ENDINGS = 12
"""Words that an unfinished one stands for: those in most rows."""
MAX_CORRECTIONS = 3
MIN_CORRECTED = 4
"""Shorter words are taken as they are."""
MAX_COMPARED = 3000
_LAST = "\U0010ffff"
_ADD = """
INSERT INTO search_word (word, backwards, length, rows, is_of_name) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (word) DO UPDATE SET
rows = search_word.rows + excluded.rows, is_of_name = search_word.is_of_name OR excluded.is_of_name
"""


def stemmings() -> list[str]:
    """All ways in which texts in the index are stemmed."""
    return list(Stemming.objects.order_by("code").values_list("code", flat=True))


def add_stemmings(codes: Iterable[str]) -> None:
    """Remember that there are texts of these stemmings."""
    Stemming.objects.bulk_create([Stemming(code=code) for code in sorted(set(codes))], ignore_conflicts=True)


def add_words(new: Iterable[Iterable[str]], changed: Iterable[Iterable[str]], of_names: set[str]) -> None:
    """Remember the words of these rows: those of new rows count, those of changed ones are only made sure of.
    `of_names`: which of them people are called."""
    counts = Counter(word for words in new for word in set(words))
    for words in changed:
        counts.update(dict.fromkeys(words, 0))
    # In one order, so that no two writers wait for each other.
    rows = [(word, word[::-1], len(word), counts[word], word in of_names) for word in sorted(counts)]
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, rows)


def forget_names() -> None:
    """Forget what people were called who are not called so any more, unless a text that can be found says it."""
    after = 0
    while words := list(Word.objects.filter(is_of_name=True, pk__gt=after).order_by("pk")[:500]):
        known = stemmings()
        gone = [word.pk for word in words if not _occurs(word.word, known)]
        Word.objects.filter(pk__in=gone).delete()
        after = words[-1].pk


def _occurs(word: str, known: Sequence[str]) -> bool:
    clause = Clause({code: frozenset({(stem(word, code),)}) for code in known})
    return any(engine().find(kind, Match(clauses=[clause]), in_head=False, limit=1) for kind in KINDS)


def starting_with(beginning: str) -> list[str]:
    """The words in most rows that begin so."""
    found = _beginning(Word.objects.all(), "word", beginning)
    return list(found.order_by("-rows", "word").values_list("word", flat=True)[:MAX_ENDINGS])


def known_among(words: Iterable[str]) -> set[str]:
    """Those of the words that occur."""
    asked = list(words)
    return set(Word.objects.filter(word__in=asked).values_list("word", flat=True)) if asked else set()


def corrections(word: str) -> list[str]:
    """Known words that differ by one letter: left out, added, another one, or swapped with its neighbour.

    One such slip leaves the first or the last half as it is, so only words that share one of them are looked at.
    """
    if len(word) < MIN_CORRECTED or not word.isalpha():
        return []
    middle = len(word) // 2
    of_length = Word.objects.filter(length__gte=len(word) - 1, length__lte=len(word) + 1)
    found: dict[str, int] = {}
    for column, text in (("word", word), ("backwards", word[::-1])):
        near = _beginning(of_length, column, text[: middle if column == "word" else len(word) - middle - 1])
        rows = near.order_by("-rows", "word").values_list("word", "rows")[:MAX_COMPARED]
        found.update((other, count) for other, count in rows if differ_by_one(word, other))
    return sorted(found, key=lambda other: (-found[other], other))[:MAX_CORRECTIONS]


def differ_by_one(one: str, other: str) -> bool:
    """Whether a single slip of the finger lies between the two."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]


def _beginning(words: QuerySet[Word], column: str, text: str) -> QuerySet[Word]:
    """By the column's index: SQLite has one for ranges, PostgreSQL one for patterns."""
    if connection.vendor == "postgresql":
        return words.filter(**{f"{column}__startswith": text})
    return words.filter(**{f"{column}__gte": text, f"{column}__lt": text + _LAST})
