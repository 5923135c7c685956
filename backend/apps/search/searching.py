"""Searching: from what somebody typed to a page of what they may see.

The index only proposes. Of each kind the newest `WINDOW` rows that match are looked at, and the newest ones that match
in their heads; what is not public now is left out, the rest is put in order by `ranking`. So a search costs the same
however common its words are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from apps.comments.models import Comment
from apps.common import lookups  # noqa: F401 - `__among`
from apps.posts.models import Post
from apps.search.engines import KINDS, engine
from apps.search.matching import Clause, Match
from apps.search.models import position_of
from apps.search.naming import marks_of
from apps.search.query import Term, parse
from apps.search.ranking import Ranking
from apps.search.vocabulary import corrections, known_among, starting_with, stemmings
from apps.search.words import stem

WINDOW = 150
HEAD_WINDOW = 50
MAX_BODY = 6000
"""Characters of a row's tokens that are counted for its rank."""
MAX_FORGIVEN = 3
"""Words in which a slip is forgiven: each takes comparing some thousand words."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A post or a comment that answers the query."""

    kind: str
    pk: int
    position: int
    stemming: str
    points: int

    @property
    def place(self) -> tuple[int, int, int]:
        """Sorts as hits stand in the answer: the best first, of equal ones posts, and of these the newest."""
        return (-self.points, KINDS.index(self.kind), -self.position)


@dataclass(frozen=True)
class Answer:
    """All hits, in order, and what was looked for in the end."""

    hits: list[Hit]
    match: Match


def find(text: str, kinds: Iterable[str] = KINDS) -> Answer:
    """Everything that answers the query, as far as it is public. Where nothing does, one slip in each of the
    first unknown words is forgiven."""
    asked = parse(text)
    if asked.is_empty:
        return Answer([], Match())
    wanted = asked.wanted
    chosen = [kind for kind in kinds if kind == "post" or not (wanted.tags or wanted.categories)]
    marks = list(marks_of(wanted))
    if not all(marks):  # nothing is called so, and nothing can be found
        return Answer([], Match())
    codes = stemmings() or [""]
    match = Match(
        marks=marks,
        unwanted=_clauses(asked.unwanted.terms, codes),
        unwanted_marks=[mark for names in marks_of(asked.unwanted) for mark in names],
        first=position_of(asked.since, 0) if asked.since else None,
        last=position_of(asked.until, 0) - 1 if asked.until else None,
    )
    clauses = _clauses(wanted.terms, codes)
    answer = _answer(match, clauses, chosen)
    if not answer.hits:
        forgiven = _forgive(wanted.terms, clauses, codes)
        if forgiven != clauses:
            answer = _answer(match, forgiven, chosen)
    return answer


def _answer(match: Match, clauses: list[Clause], kinds: Iterable[str]) -> Answer:
    match = replace(match, clauses=clauses)
    hits = [hit for kind in kinds for hit in _hits(kind, match)]
    return Answer(sorted(hits, key=lambda hit: hit.place), match)


def _clauses(terms: Iterable[Term], codes: Iterable[str]) -> list[Clause]:
    return [_clause([term.words], codes, is_open=term.is_open) for term in terms]


def _clause(spellings: Iterable[tuple[str, ...]], codes: Iterable[str], *, is_open: bool = False) -> Clause:
    words = list(spellings)
    if is_open:
        words += [(word,) for word in starting_with(words[0][0])]
    return Clause({code: frozenset(tuple(stem(word, code) for word in phrase) for phrase in words) for code in codes})


def _forgive(terms: Sequence[Term], clauses: Sequence[Clause], codes: Iterable[str]) -> list[Clause]:
    """The terms' clauses, those of the first unknown words replaced by what they may have been meant to be."""
    forgiven = list(clauses)
    words = {at: term.words[0] for at, term in enumerate(terms) if len(term.words) == 1}
    known = known_among(words.values())
    for at in [at for at, word in words.items() if word not in known][:MAX_FORGIVEN]:
        if meant := corrections(words[at]):
            forgiven[at] = _clause([(word,) for word in meant], codes)
    return forgiven


def _hits(kind: str, match: Match) -> list[Hit]:
    positions = set(engine().find(kind, match, in_head=False, limit=WINDOW))
    # (Titles that hold a phrase are rare among many rows, and finding out that there are none takes long.)
    is_plain = match.clauses and all(len(phrase) == 1 for clause in match.clauses for phrase in clause.phrases)
    if is_plain and kind == "post" and len(positions) == WINDOW:
        positions.update(engine().find(kind, match, in_head=True, limit=HEAD_WINDOW))
    if not positions:
        return []
    rows = _public(kind, positions)
    texts = engine().texts(kind, [at for at, _, _ in rows], up_to=MAX_BODY) if match.clauses else {}
    rankings = {stemming: Ranking(match, stemming) for stemming in {stemming for _, _, stemming in rows}}
    hits = []
    for at, pk, stemming in rows:
        text = texts.get(at)
        points = 0 if text is None else rankings[stemming].score(text, is_whole=len(text.body) < MAX_BODY)
        if points is not None and (text is not None or not match.clauses):
            hits.append(Hit(kind, pk, at, stemming, points))
    return hits


def _public(kind: str, positions: set[int]) -> list[tuple[int, int, str]]:
    """Those of the rows that everybody may see now: position, id, stemming. The index is not asked, it may lag."""
    if kind == "post":
        shown = Post.objects.visible_to(None).filter(search_entry__position__among=positions)
        return list(shown.order_by().values_list("search_entry__position", "pk", "search_entry__stemming"))
    visible = Comment.objects.filter(search_entry__position__among=positions, status=Comment.Status.VISIBLE)
    columns = ("search_entry__position", "pk", "search_entry__stemming", "post_id")
    comments = list(visible.order_by().values_list(*columns))
    # A query of its own: given it as a subquery, SQLite begins with all posts that are public.
    live = live_among({post_id for *_, post_id in comments})
    return [(at, pk, stemming) for at, pk, stemming, post_id in comments if post_id in live]


def live_among(ids: set[int]) -> set[int]:
    """Those of the posts that everybody may see."""
    return set(Post.objects.visible_to(None).filter(pk__among=ids).order_by().values_list("pk", flat=True))
