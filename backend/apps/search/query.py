"""What somebody typed, taken apart. Whatever it is, something comes out: there is no wrong query."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from apps.search.words import folded

MAX_TERMS = 12
"""Further words are not looked at."""
MAX_NAMES = 3
"""Tags, and people; further ones are not looked at either. Looking for a display name reads those of all people."""
_CHUNK = re.compile(r'(?:(tag|author|before|after):)?(?:"([^"]*)"|([^\s"]+))', re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True)
class Term:
    """Words that must stand one after the other, most often one. `is_open`: the last may go on."""

    words: tuple[str, ...]
    is_open: bool = False


@dataclass
class Asked:
    """A query. All of it must hold; of each kind of filter, too."""

    terms: list[Term] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    since: datetime | None = None
    until: datetime | None = None
    """Before that moment."""

    @property
    def is_empty(self) -> bool:
        return not (self.terms or self.tags or self.authors or self.since or self.until)


def parse(text: str) -> Asked:
    """Take a query apart. A filter with a value that makes no sense is words like any others."""
    asked = Asked()
    chunks = list(_CHUNK.finditer(text))
    for chunk in chunks:
        name, quoted, bare = chunk.group(1, 2, 3)
        if name and _filter(asked, name.lower(), quoted if quoted is not None else bare):
            continue
        is_last = bare is not None and chunk is chunks[-1] and chunk.end() == len(text)
        asked.terms.extend(_terms(chunk[0], is_quoted=quoted is not None, is_last=is_last))
    del asked.terms[MAX_TERMS:], asked.tags[MAX_NAMES:], asked.authors[MAX_NAMES:]
    return asked


def _terms(text: str, *, is_quoted: bool, is_last: bool) -> Iterator[Term]:
    words = tuple(folded(text))[: MAX_TERMS * 2]
    if not words:
        return
    if is_quoted or not is_last or not words[-1].isascii():
        yield Term(words)  # what is written together ("e-mail") stands together
    else:
        yield from (Term((word,)) for word in words[:-1])
        yield Term(words[-1:], is_open=True)


def _filter(asked: Asked, name: str, value: str) -> bool:
    """Whether it is one."""
    value = value.strip()
    if name in {"tag", "author"}:
        names = asked.tags if name == "tag" else asked.authors
        if value:
            names.append(value.lstrip("#@"))
        return bool(value)
    moment = _moment(value)
    if moment is None:
        return False
    if name == "before":
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
