"""What a rendered text is made of, for those who judge it: its headings, pictures, links and anchors."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import unquote

from apps.common.markup.lines import LINE_ATTRIBUTE
from apps.common.markup.sanitising import ID_PREFIX

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CONTENT = {"img", "audio", "video", "hr"}
"""Elements that show something without words."""


@dataclass
class Part:
    """A heading, picture or link. `text`: its words; `line`: where its block begins in the source, if that is known."""

    order: int
    line: int | None
    address: str = ""
    level: int = 0
    text: str = ""
    decorative: bool = False
    """A picture that says nothing on purpose."""


@dataclass
class Anatomy:
    """The parts of a text, each kind in the order of the text."""

    headings: list[Part] = field(default_factory=list)
    images: list[Part] = field(default_factory=list)
    links: list[Part] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    is_empty: bool = True


def dissect(html: str) -> Anatomy:
    """Take sanitised HTML apart; with `render_preview` the parts know the lines of their blocks."""
    dissector = _Dissector()
    dissector.feed(html)
    dissector.close()
    return dissector.anatomy


_FAR: Final = 2000
"""Lines; a part that has not been found by then is said to be where its block begins."""


def find_line(lines: Sequence[str], part: Part) -> int | None:
    """The line, from 1, that the part stands in: the first of the source's lines, at or after the beginning of its
    block, that has its address or words."""
    needles = {part.address, unquote(part.address), part.text} - {""}
    first = (part.line or 1) - 1
    for number, line in enumerate(lines[first : first + _FAR], start=first + 1):
        if any(needle in line for needle in needles):
            return number
    return part.line


class _Dissector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.anatomy = Anatomy()
        self._order = 0
        self._line: int | None = None
        self._heading: Part | None = None
        self._link: Part | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if LINE_ATTRIBUTE in given:
            self._line = int(given[LINE_ATTRIBUTE])
        if given.get("id"):
            self.anatomy.anchors.add(given["id"].removeprefix(ID_PREFIX))
        if tag in _CONTENT:
            self.anatomy.is_empty = False
        if tag in _HEADINGS:
            self._heading = self._part(level=_HEADINGS[tag])
            self.anatomy.headings.append(self._heading)
        elif tag == "a" and given.get("href"):
            self._link = self._part(address=_without_prefix(given["href"]))
            self.anatomy.links.append(self._link)
        elif tag == "img":
            image = self._part(address=given.get("src", ""), text=given.get("alt", "").strip())
            image.decorative = given.get("role") == "presentation"
            self.anatomy.images.append(image)
            self.handle_data(image.text)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._heading = None
        elif tag == "a":
            self._link = None

    def handle_data(self, data: str) -> None:
        if not data.strip():
            return
        self.anatomy.is_empty = False
        for part in (self._heading, self._link):
            if part is not None and len(part.text) < 200:
                part.text = f"{part.text} {data.strip()}".strip()

    def _part(self, *, address: str = "", level: int = 0, text: str = "") -> Part:
        self._order += 1
        return Part(order=self._order, line=self._line, address=address, level=level, text=text)


def _without_prefix(address: str) -> str:
    return f"#{address[1:].removeprefix(ID_PREFIX)}" if address.startswith("#") else address
