"""A WordPress export as a stream: one child of the channel at a time, whatever the size of the file.

Nothing is kept of what was read. Document types, entities and references to other files end the reading, and so do
constructions that are there to exhaust memory: endless tokens, thousands of element names, deep nesting. An item
larger than `MAX_ITEM` comes out empty and marked, so that the rest of the file can be taken.
"""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from defusedxml.common import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from apps.importers.wordpress.errors import ImportStopped

CHUNK = 64 * 1024
MAX_ITEM = 24 * 1024 * 1024
"""Bytes of memory for the text of one item and its comments."""
MAX_TOKEN = 4 * 1024 * 1024
"""Bytes of one tag, with its attributes."""
MAX_DEPTH = 64
MAX_NAMES = 2000
_NAMESPACES = [
    (re.compile(r"https?://wordpress\.org/export/[\d.]+/excerpt/?"), "excerpt:"),
    (re.compile(r"https?://wordpress\.org/export/[\d.]+/?"), "wp:"),
    (re.compile(r"https?://purl\.org/rss/1\.0/modules/content/?"), "content:"),
    (re.compile(r"https?://purl\.org/dc/elements/1\.1/?"), "dc:"),
]


class Element:
    """An element of the export; names carry the usual prefixes (`wp:post_id`) whatever the file calls them."""

    __slots__ = ("attributes", "children", "is_oversize", "line", "name", "parts")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.attributes = attributes
        self.line = line
        self.parts: list[str] = []
        self.children: list[Element] = []
        self.is_oversize = False

    @property
    def content(self) -> str:
        """Its own text as it stands."""
        return "".join(self.parts)

    def text(self, name: str) -> str:
        """The text of the first child of that name without space around it, or nothing."""
        return self.raw(name).strip()

    def raw(self, name: str) -> str:
        """The text of the first child of that name as it stands."""
        return next((child.content for child in self.children if child.name == name), "")

    def all(self, name: str) -> list["Element"]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]


class _Target:
    """Receives the parser's events; finished children of the channel gather in `done`."""

    def __init__(self) -> None:
        self.done: list[Element] = []
        self.line: Callable[[], int] = lambda: 0
        self.stack: list[Element] = []
        self.depth = 0
        self.size = 0
        self.names: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._name(tag)
        self.depth += 1
        if self.depth == 1 and name != "rss":
            raise ImportStopped(f"this is not a WordPress export: it begins with <{name[:40]}>.", self.line())
        if self.depth == 2 and name != "channel":
            raise ImportStopped(f"this is not a WordPress export: <{name[:40]}> instead of <channel>.", self.line())
        if self.depth > MAX_DEPTH:
            raise ImportStopped("elements are nested too deeply.", self.line())
        if self.depth == 3:
            self.size = 0
        if self.depth >= 3:
            element = Element(name, attributes, self.line())
            self.size += 300 + sum(map(sys.getsizeof, attributes.values()))
            if self.stack and not self.stack[0].is_oversize:
                self.stack[-1].children.append(element)
            self.stack.append(element)
            self._check_size()

    def data(self, text: str) -> None:
        if self.stack and not self.stack[0].is_oversize:
            self.size += sys.getsizeof(text)
            self.stack[-1].parts.append(text)
            self._check_size()

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self.stack:
            element = self.stack.pop()
            if not self.stack:
                self.done.append(element)

    def close(self) -> None:
        """The parser wants to call it."""

    def _check_size(self) -> None:
        if self.size > MAX_ITEM and not self.stack[0].is_oversize:
            top = self.stack[0]
            top.is_oversize = True
            kept = [child for child in top.children if child.name in {"title", "wp:post_type", "wp:post_id"}]
            top.children = [child for child in kept if len(child.content) < 10_000]
            for element in self.stack:
                element.parts = []

    def _name(self, tag: str) -> str:
        name = self.names.get(tag)
        if name is None:
            if len(self.names) >= MAX_NAMES or len(tag) > 1000:
                raise ImportStopped("too many different element names.", self.line())
            name = self.names[tag] = _prefixed(tag)
        return name


def _prefixed(tag: str) -> str:
    """`{namespace}name` with the usual prefix of a namespace that we know."""
    if not tag.startswith("{"):
        return tag
    namespace, _, name = tag[1:].partition("}")
    return next((prefix + name for pattern, prefix in _NAMESPACES if pattern.fullmatch(namespace)), tag)


def read_export(path: Path, *, progress: Callable[[int], None] | None = None) -> Iterator[Element]:
    """The children of the file's channel in order; `progress` is told how many bytes were read each time.

    Raises ImportStopped, with the line, where the file is no well-formed export; all before that has been yielded.
    """
    target = _Target()
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    target.line = lambda: int(parser.parser.CurrentLineNumber)
    try:
        file = path.open("rb")
    except OSError as error:
        raise ImportStopped(f"{path} cannot be read: {error.strerror}.") from error
    with file:
        fed = 0
        while True:
            chunk = file.read(CHUNK)
            stop = _feed(parser, target, chunk)
            yield from target.done
            target.done.clear()
            if stop:
                raise stop
            fed += len(chunk)
            if progress:
                progress(len(chunk))
            if not chunk:
                return
            if fed - max(parser.parser.CurrentByteIndex, 0) > MAX_TOKEN:
                raise ImportStopped("a tag without end.", target.line())


def _feed(parser: DefusedXMLParser, target: _Target, chunk: bytes) -> ImportStopped | None:
    """Hand the parser the next bytes, or the end of the file; returns what is wrong with them."""
    try:
        if chunk:
            parser.feed(chunk)
        else:
            parser.close()
    except ImportStopped as error:
        return error
    except ParseError as error:
        what = "" if target.names else "this is not a WordPress export: "
        return ImportStopped(f"{what}the XML is not well-formed ({_reason(error)}).", error.position[0])
    except DefusedXmlException as error:
        what = "a document type" if isinstance(error, DTDForbidden) else "an entity of its own"
        return ImportStopped(
            f"the file declares {what}. An export has none, and they can be used for attacks: refused.",
            int(parser.parser.CurrentLineNumber),
        )
    except (LookupError, ValueError) as error:
        return ImportStopped(f"the file's encoding cannot be read ({error}).", 1)
    return None


def _reason(error: ParseError) -> str:
    reason = str(error).partition(":")[0]
    return "the file ends in the middle" if reason == "no element found" else reason
