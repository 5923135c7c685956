"""What a feed says, whichever of the three formats it says it in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

KINDS = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}


@dataclass(frozen=True, kw_only=True)
class Person:
    name: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Term:
    """A tag or a category: its page, and its name."""

    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A post or a comment. Addresses are whole."""

    key: int
    """By which the channel finds its text."""
    stamp: str
    """Changes with whatever does not show here, such as the text."""
    id: str
    url: str
    title: str
    summary: str = ""
    published: datetime
    updated: datetime
    authors: tuple[Person, ...]
    terms: tuple[Term, ...] = ()
    language: str = ""
    image_url: str = ""
    image_alt: str = ""
    comments_feed: str = ""
    """Address of the feed of its comments, without the ending."""
    answers: tuple[str, str] | None = None
    """Id and address of what it is an answer to."""


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A feed. `texts` reads the HTML of its entries, by key: only when a reader does not have them yet."""

    path: str
    """Of the feed itself, without the ending: `/tags/paper/feed`."""
    title: str
    description: str
    page_url: str
    language: str
    icon_url: str = ""
    entries: tuple[Entry, ...]
    texts: Callable[[], dict[int, str]] = field(repr=False, compare=False)

    @property
    def updated(self) -> datetime | None:
        """When the latest change to what it lists was; None for an empty one."""
        return max((max(entry.updated, entry.published) for entry in self.entries), default=None)
