"""A query as engines take it: tokens only, so that an engine needs to know neither languages nor people."""

from dataclasses import dataclass, field

Phrase = tuple[str, ...]
"""Tokens that stand one after the other; most often one."""


@dataclass(frozen=True)
class Clause:
    """Any one of these phrases must occur."""

    by_stemming: dict[str, frozenset[Phrase]]
    """For each stemming of texts, what the word is there."""

    @property
    def phrases(self) -> list[Phrase]:
        """For all texts alike, in a fixed order."""
        return sorted(set().union(*self.by_stemming.values()))


@dataclass
class Match:
    """All clauses must hold, and of each set of marks one must be there; no clause and no mark that is unwanted."""

    clauses: list[Clause] = field(default_factory=list)
    marks: list[list[str]] = field(default_factory=list)
    unwanted: list[Clause] = field(default_factory=list)
    """Left out of rows of all stemmings alike, by what the words are in any of them."""
    unwanted_marks: list[str] = field(default_factory=list)
    first: int | None = None
    last: int | None = None
    """The span of positions, both ends included."""

    @property
    def says_what(self) -> bool:
        """Whether rows can be looked up by something that they hold."""
        return bool(self.clauses or self.marks)

    @property
    def says_what_not(self) -> bool:
        return bool(self.unwanted or self.unwanted_marks)

    @property
    def unwanted_phrases(self) -> list[Phrase]:
        return [phrase for clause in self.unwanted for phrase in clause.phrases]


@dataclass(frozen=True, slots=True)
class Text:
    """What an engine keeps of a row: tokens with blanks between them. `title` and `names` (of authors and tags) are
    the head; `marks` are tokens of their own for filters."""

    title: str
    names: str
    body: str
    marks: str = ""


def tag_mark(pk: int) -> str:
    return f"tag{pk}"


def category_mark(pk: int) -> str:
    return f"category{pk}"


def author_mark(pk: int) -> str:
    return f"author{pk}"
