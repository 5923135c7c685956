"""What somebody typed, taken apart. Whatever it is, something comes out: there is no wrong query."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from apps.search.words import folded

MAX_TERMS = 12
"""Further words are not looked at."""
MAX_NAMES = 3
"""Tags, categories, and people; further ones are not looked at either. Looking for a display name reads those of all
people."""
_CHUNK = re.compile(
    r"(?P<minus>(?<!\S)-(?=\S))?(?:(?P<name>tag|category|author|before|after):)?"
    r'(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))',
    re.IGNORECASE,
)
_OPPOSITE = {"before": "after", "after": "before"}
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True)
class Term:
    """Words that must stand one after the other, most often one. `is_open`: the last may go on."""

    words: tuple[str, ...]
    is_open: bool = False


@dataclass
class Part:
    """Words and filters."""

    terms: list[Term] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.terms or self.tags or self.categories or self.authors)


@dataclass
class Asked:
    """A query: all that is wanted must hold, of each kind of filter too, and nothing of what is unwanted."""

    wanted: Part = field(default_factory=Part)
    unwanted: Part = field(default_factory=Part)
    since: datetime | None = None
    until: datetime | None = None
    """Before that moment."""

    @property
    def is_empty(self) -> bool:
        return self.wanted.is_empty and self.unwanted.is_empty and not (self.since or self.until)


def parse(text: str) -> Asked:
    """Take a query apart. A filter with a value that makes no sense is words like any others."""
    asked = Asked()
    chunks = list(_CHUNK.finditer(text))
    for chunk in chunks:
        quoted, is_unwanted = chunk["quoted"], bool(chunk["minus"])
        value = chunk["bare"] if quoted is None else quoted
        if chunk["name"] and _filter(asked, chunk["name"].lower(), value, is_unwanted=is_unwanted):
            continue
        is_last = quoted is None and not is_unwanted and chunk is chunks[-1] and chunk.end() == len(text)
        part = asked.unwanted if is_unwanted else asked.wanted
        part.terms.extend(_terms(chunk[0], is_quoted=quoted is not None, is_last=is_last))
    _shorten(asked)
    return asked


def _shorten(asked: Asked) -> None:
    """Drop what is too much, of what is unwanted first."""
    for name, most in (("terms", MAX_TERMS), ("tags", MAX_NAMES), ("categories", MAX_NAMES), ("authors", MAX_NAMES)):
        wanted, unwanted = getattr(asked.wanted, name), getattr(asked.unwanted, name)
        del wanted[most:], unwanted[most - len(wanted) :]


def _terms(text: str, *, is_quoted: bool, is_last: bool) -> Iterator[Term]:
    words = tuple(folded(text))[: MAX_TERMS * 2]
    if not words:
        return
    if is_quoted or not is_last or not words[-1].isascii():
        yield Term(words)  # what is written together ("e-mail") stands together
    else:
        yield from (Term((word,)) for word in words[:-1])
        yield Term(words[-1:], is_open=True)


def _filter(asked: Asked, name: str, value: str, *, is_unwanted: bool) -> bool:
    """Whether it is one."""
    value = value.strip()
    if name not in _OPPOSITE:
        part = asked.unwanted if is_unwanted else asked.wanted
        names = {"tag": part.tags, "category": part.categories, "author": part.authors}[name]
        if value:
            names.append(value.lstrip("#@"))
        return bool(value)
    moment = _moment(value)
    if moment is None:
        return False
    if (_OPPOSITE[name] if is_unwanted else name) == "before":
        asked.until = min(asked.until or moment, moment)
    else:
        asked.since = max(asked.since or moment, moment)
    return True


def _moment(value: str) -> datetime | None:
    """The beginning of that day, month or year (UTC)."""
    match = _DATE.fullmatch(value)
    if match is None:
        return None
    try:
        moment = datetime(int(match[1]), int(match[2] or 1), int(match[3] or 1), tzinfo=UTC)
    except ValueError:
        return None
    return moment if timedelta(days=400) < moment - datetime.min.replace(tzinfo=UTC) else None
