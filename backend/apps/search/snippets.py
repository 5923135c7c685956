"""What matched, shown: titles and excerpts with `<mark>` around it. Made from the texts as they are now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import chain

from apps.search.matching import Phrase
from apps.search.words import WORD, placed_tokens, tokens_of

EXCERPT = 220
"""Characters of an excerpt, about."""
_BEFORE = 50
"""Of them before the first match."""
PART = 600
LIKELY = 4
"""Characters at the beginning of a token that words mostly share with it."""
MAX_SCANNED = 30_000
"""Characters of a text in which matches are looked for."""
MARK = "<mark>"
GOES_ON = " …"
Span = tuple[int, int]


def marked(text: str, stemming: str, phrases: Iterable[Phrase]) -> str:
    """The whole text, escaped, matches marked."""
    return _mark(text, _spans(text, stemming, phrases), 0, len(text))


def excerpt(text: str, stemming: str, phrases: Iterable[Phrase], *, otherwise: str = "") -> str:
    """A part of the text with many matches. Where there is none: the beginning, or `otherwise`."""
    text = text[:MAX_SCANNED]
    wanted = set(phrases)
    spans, seen = _first_spans(text, stemming, wanted)
    if not spans:
        text = otherwise or text
        return _mark(text, [], 0, _back_to_blank(text, EXCERPT))
    first = _densest(spans)
    start = _on_to_blank(text, spans[first][0] - _BEFORE, spans[first][0])
    end = max(_back_to_blank(text, start + EXCERPT), spans[first][1])
    if end > seen:
        spans = [(start + begin, start + stop) for begin, stop in _spans(text[start:end], stemming, wanted)]
    return _mark(text, [span for span in spans if start <= span[0] and span[1] <= end], start, end)


def _first_spans(text: str, stemming: str, phrases: set[Phrase]) -> tuple[list[Span], int]:
    """Matches in the first part of the text that has one, so that long texts are not read to their ends; and where that
    part ends. Begins where the first letters of a wanted word stand; what is before is read if nothing follows."""
    likely = _likely_start(text, phrases)
    for start, end in chain(_parts(text, likely, len(text)), _parts(text, 0, likely)):
        spans = _spans(text[start:end], stemming, phrases)
        if spans:
            return [(start + begin, start + stop) for begin, stop in spans], end
    return [], len(text)


def _likely_start(text: str, phrases: Iterable[Phrase]) -> int:
    plain = text.replace("İ", "i").lower()  # no other letter becomes longer
    found = [plain.find(phrase[0][:LIKELY]) for phrase in phrases]
    at = min((at for at in found if at >= 0), default=0)
    return _on_to_blank(text, at - _BEFORE, at)


def _parts(text: str, start: int, stop: int) -> Iterator[Span]:
    """The text from `start` on, in parts, until one reaches `stop`."""
    while start < min(stop, len(text)):
        end = _back_to_blank(text, start + PART)
        yield start, end
        start = end


def _spans(text: str, stemming: str, phrases: Iterable[Phrase]) -> list[Span]:
    """Where the phrases stand; spans that touch are one."""
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        by_first[phrase[0]].append(phrase)
    if not by_first:
        return []
    if all(len(phrase) == 1 for phrases in by_first.values() for phrase in phrases):
        wanted = set(by_first)
        words = WORD.findall(text)
        hits = {word for word in set(words) if not wanted.isdisjoint(tokens_of(word, stemming))}
        return _joined(list(_places(text, words, hits))) if hits else []
    placed = list(placed_tokens(text, stemming))
    found: list[Span] = []
    for at, (token, start, _) in enumerate(placed):
        found.extend(
            (start, placed[at + len(phrase) - 1][2])
            for phrase in by_first.get(token, ())
            if tuple(part[0] for part in placed[at : at + len(phrase)]) == phrase
        )
    return _joined(sorted(found))


def _places(text: str, words: Iterable[str], hits: set[str]) -> Iterator[Span]:
    """Where the `hits` stand among all the words of the text, which are in order."""
    end = 0
    for word in words:
        start = text.index(word, end)
        end = start + len(word)
        if word in hits:
            yield start, end


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _densest(spans: Sequence[Span]) -> int:
    """The match from which on most others are near: its place in the list."""
    best, most, last = 0, 0, 0
    for first, (start, _) in enumerate(spans):
        while last < len(spans) and spans[last][1] - start <= EXCERPT - _BEFORE:
            last += 1
        if last - first > most:
            best, most = first, last - first
    return best


def _on_to_blank(text: str, at: int, latest: int) -> int:
    """The next beginning of a word, `latest` at the latest."""
    if at <= 0:
        return 0
    blank = text.find(" ", at, latest)
    return blank + 1 if blank >= 0 else at


def _back_to_blank(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    blank = text.rfind(" ", max(0, at - 40), at)
    return blank if blank > 0 else at


def _mark(text: str, spans: Sequence[Span], start: int, end: int) -> str:
    parts, at = ["… " if start > 0 else ""], start
    for begin, stop in spans:
        parts += [escape(text[at:begin]), MARK, escape(text[begin:stop]), "</mark>"]
        at = stop
    parts += [escape(text[at:end]), GOES_ON if end < len(text) else ""]
    return "".join(parts)
