"""How well a row answers a query. From the same texts on both engines, so that both put rows in the same order."""

from apps.search.matching import Clause, Match, Text

TITLE, NAMES, BODY = 40, 24, 6
EACH_TIME, MOST_TIMES = 2, 8
"""Every further time in the body, up to so many."""
ALL_IN_TITLE, SIDE_BY_SIDE, WHOLE_TITLE = 30, 12, 60
_NOWHERE = "\0"


class Ranking:
    """Points for rows of one stemming."""

    def __init__(self, match: Match, stemming: str) -> None:
        self.clauses = [_spelled(clause, stemming) for clause in match.clauses]

    def score(self, text: Text, *, is_whole: bool) -> int | None:
        """Points, more for a better answer; None where the text does not hold all that was asked for after all (a word
        of another language may look like one of this one's). `is_whole`: the body is not cut off."""
        if not self.clauses:
            return 0
        title, names, body = f" {text.title} ", f" {text.names} ", f" {text.body} "
        total = in_title = 0
        firsts: list[str] = []
        for phrases in self.clauses:
            points, hit = _of_clause(phrases, title, names, body)
            if not points and is_whole:
                return None
            total += points
            in_title += hit is not None
            firsts.append(hit or (phrases[0] if len(phrases) == 1 else _NOWHERE))
        if in_title == len(self.clauses):
            total += ALL_IN_TITLE
        together = f" {' '.join(map(str.strip, firsts))} "
        if title == together:
            total += WHOLE_TITLE
        if len(self.clauses) > 1 and (together in title or together in body):
            total += SIDE_BY_SIDE
        return total


def _of_clause(phrases: list[str], title: str, names: str, body: str) -> tuple[int, str | None]:
    """Points, and the phrase that stands in the title."""
    points, hit, times = 0, None, 0
    for phrase in phrases:
        if phrase in title:
            points, hit = max(points, TITLE), hit or phrase
        elif phrase in names:
            points = max(points, NAMES)
        times += body.count(phrase)
    if times:
        points += BODY + EACH_TIME * min(times - 1, MOST_TIMES)
    return points, hit


def _spelled(clause: Clause, stemming: str) -> list[str]:
    """The clause's phrases as they stand in a text, with blanks around them."""
    return [f" {' '.join(phrase)} " for phrase in sorted(clause.by_stemming.get(stemming, ()))]
