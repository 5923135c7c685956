"""How well a row answers a query. From the same texts on both engines, so that both put rows in the same order."""

from collections.abc import Iterable

from apps.search.matching import Clause, Match, Phrase, Text

TITLE, NAMES, BODY = 40, 24, 6
EACH_TIME, MOST_TIMES = 2, 8
"""Every further time in the body, up to so many."""
ALL_IN_TITLE, SIDE_BY_SIDE, WHOLE_TITLE = 30, 12, 60


def score(match: Match, text: Text, stemming: str, *, is_whole: bool) -> int | None:
    """Points, more for a better answer; None where the text does not hold all that was asked for after all (a word of
    another language may look like one of this one's). `is_whole`: the body is not cut off."""
    title, names, body = f" {text.title} ", f" {text.names} ", f" {text.body} "
    total = in_title = 0
    firsts: list[str] = []
    for clause in match.clauses:
        phrases = clause.by_stemming.get(stemming, frozenset())
        points, hit = _of_clause(phrases, title, names, body)
        if not points and is_whole:
            return None
        total += points
        in_title += hit is not None
        firsts.append(hit or _spelled(clause, stemming))
    if not match.clauses:
        return 0
    if in_title == len(match.clauses):
        total += ALL_IN_TITLE
    together = " ".join(firsts)
    if title == f" {together} ":
        total += WHOLE_TITLE
    if len(match.clauses) > 1 and (f" {together} " in title or f" {together} " in body):
        total += SIDE_BY_SIDE
    return total


def _of_clause(phrases: Iterable[Phrase], title: str, names: str, body: str) -> tuple[int, str | None]:
    """Points, and the phrase as it stands in the title."""
    points, hit, times = 0, None, 0
    for phrase in sorted(phrases):
        text = f" {' '.join(phrase)} "
        if text in title:
            points, hit = max(points, TITLE), hit or text.strip()
        elif text in names:
            points = max(points, NAMES)
        times += body.count(text)
    if times:
        points += BODY + EACH_TIME * min(times - 1, MOST_TIMES)
    return points, hit


def _spelled(clause: Clause, stemming: str) -> str:
    """The clause's only phrase; something that occurs nowhere where it has several."""
    phrases = list(clause.by_stemming.get(stemming, ()))
    return " ".join(phrases[0]) if len(phrases) == 1 else "\0"
