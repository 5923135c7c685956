"""Writing XML that every parser takes, whatever the texts hold."""

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

# What XML 1.0 has no way to say, not even by number.
_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class XmlWriter:
    """One document, written from its beginning to its end."""

    def __init__(self) -> None:
        self._out = io.StringIO()
        self._out.write('<?xml version="1.0" encoding="utf-8"?>\n')

    @contextmanager
    def within(self, name: str, attributes: Mapping[str, str] | None = None) -> Iterator[None]:
        """An element around whatever is written inside."""
        self._out.write(f"<{name}{_attributes(attributes)}>\n")
        yield
        self._out.write(f"</{name}>\n")

    def add(self, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> None:
        """An element with a text, or with attributes alone."""
        start = f"<{name}{_attributes(attributes)}"
        self._out.write(f"{start}>{_escaped(text)}</{name}>\n" if text else f"{start}/>\n")

    def document(self) -> bytes:
        return self._out.getvalue().encode()


def timestamp(moment: datetime) -> str:
    """RFC 3339, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _attributes(attributes: Mapping[str, str] | None) -> str:
    return "".join(f" {name}={quoteattr(_speakable(value))}" for name, value in (attributes or {}).items())


def _escaped(text: str) -> str:
    """By number, as the RSS profile asks: readers that take a title for HTML then still show its `<`."""
    return escape(_speakable(text)).replace("&amp;", "&#x26;").replace("&lt;", "&#x3C;").replace("&gt;", "&#x3E;")


def _speakable(text: str) -> str:
    return _UNSPEAKABLE.sub("", text)
