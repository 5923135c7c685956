"""What a page elsewhere says: whom it links to, who wrote it, where it takes mentions."""

import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin

from apps.webmentions.tokens import Tag, tokens

TITLE_CHARACTERS = 200
EXCERPT_CHARACTERS = 400
_LONGEST_TEXT = 1000
_MOST_KINDS = 100
_LINKING = {"a", "area", "link", "img", "video", "audio", "source"}
_MICROFORMATS = {"p-name", "p-summary", "e-content", "p-author"}
_LINK_IN_HEADER = re.compile(r"<([^<>]{0,2000})>([^<]{0,2000})")
_UNSEEN = {"Cc", "Cs"}
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,]+))", re.IGNORECASE)


@dataclass
class Found:
    """What was read. `links`: every whole address that the page links to or shows. `endpoint`: where it takes mentions,
    if it says so."""

    links: set[str] = field(default_factory=set)
    endpoint: str | None = None
    title: str = ""
    excerpt: str = ""
    author: str = ""


def read_page(html: str, *, url: str) -> Found:
    """Read the page that is at the address."""
    reading = _Reading(url)
    for token in tokens(html):
        if isinstance(token, str):
            reading.take_text(token)
        elif token.closes:
            reading.take_end(token)
        else:
            reading.take_start(token)
    return reading.result()


def endpoint_in_headers(values: list[str], *, url: str) -> str | None:
    """The endpoint that a page's Link headers name (RFC 8288), if they do."""
    for value in values:
        for target, parameters in _LINK_IN_HEADER.findall(value):
            rel = _REL.search(parameters)
            if rel and "webmention" in (rel[1] or rel[2] or "").lower().split():
                return joined(url, target)
    return None


def joined(base: str, address: str) -> str | None:
    """The address as it is meant on the page at `base`."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return None


def _plain(text: str) -> str:
    """On one line, without what no database keeps and nobody can see."""
    return " ".join(
        "".join(char for char in text if char.isspace() or unicodedata.category(char) not in _UNSEEN).split()
    )


class _Reading:
    """One walk over a page."""

    def __init__(self, url: str) -> None:
        self.base = url
        self.found = Found()
        self.said: dict[str, str] = {}
        """The first text of each kind of fact."""
        self.open: list[tuple[str, str]] = []
        """Elements whose text is such a fact: their name, and the kind. A few at most."""

    def take_start(self, tag: Tag) -> None:
        if tag.name == "base" and "href" in tag.attributes:
            self.base = joined(self.base, tag.attributes["href"]) or self.base
        self._take_links(tag)
        if tag.name == "meta":
            self._say(
                tag.attributes.get("property") or tag.attributes.get("name", ""), tag.attributes.get("content", "")
            )
        elif tag.name == "title":
            self._listen(tag, {"title"})
        else:
            self._listen(tag, _MICROFORMATS & tag.words("class"))

    def take_end(self, tag: Tag) -> None:
        if self.open and self.open[-1][0] == tag.name:
            self.open.pop()

    def take_text(self, text: str) -> None:
        for _, kind in self.open:
            heard = self.said.get(kind, "")
            if len(heard) < _LONGEST_TEXT:
                self.said[kind] = heard + unescape(text[:_LONGEST_TEXT])

    def result(self) -> Found:
        """What the page says of itself by microformats goes before its metadata, these before the window's title."""
        self.found.title = self._first("p-name", "og:title", "title")[:TITLE_CHARACTERS]
        self.found.excerpt = self._first("p-summary", "og:description", "description", "e-content")[:EXCERPT_CHARACTERS]
        self.found.author = self._first("p-author", "author", "og:site_name")[:100]
        return self.found

    def _first(self, *kinds: str) -> str:
        return next((text for kind in kinds if (text := _plain(self.said.get(kind, "")))), "")

    def _take_links(self, tag: Tag) -> None:
        if tag.name not in _LINKING:
            return
        is_endpoint = tag.name in {"a", "link"} and "webmention" in tag.words("rel")
        for name in ("href", "src"):
            address = joined(self.base, tag.attributes[name]) if name in tag.attributes else None
            if address is None:
                continue
            if is_endpoint and name == "href":
                self.found.endpoint = self.found.endpoint or address
            else:
                self.found.links.add(address)

    def _say(self, kind: str, text: str) -> None:
        if text and len(self.said) < _MOST_KINDS:
            self.said.setdefault(kind.lower(), text[:_LONGEST_TEXT])

    def _listen(self, tag: Tag, kinds: set[str]) -> None:
        new = sorted(kind for kind in kinds if kind not in self.said)
        if new and len(self.open) < 5:
            self.open.append((tag.name, new[0]))
