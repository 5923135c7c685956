"""Taking somebody else's HTML apart, in time that its length bounds, whatever is in it.

No tree is built: pages that mean no good nest a hundred thousand elements, or leave every quotation open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

MOST_TAGS = 20_000
"""What comes after is not read."""
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^<>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}'){0,400}+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z][a-z:-]*)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?", re.IGNORECASE)
_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "template", "title")}
"""Elements whose content is no HTML to us."""


@dataclass(frozen=True)
class Tag:
    name: str
    closes: bool
    attributes: dict[str, str]

    def words(self, attribute: str) -> set[str]:
        """Those of an attribute that is a list of them, such as `class`."""
        return set(self.attributes.get(attribute, "").lower().split())


def tokens(html: str) -> Iterator[Tag | str]:
    """Tags and the texts between them, in order; without comments, scripts and the like."""
    at = 0
    for _ in range(MOST_TAGS):
        start = html.find("<", at)
        if start != at:
            yield html[at:start] if start >= 0 else html[at:]
        if start < 0:
            return
        if html.startswith("<!--", start):
            end = html.find("-->", start + 4)
            if end < 0:
                return
            at = end + 3
            continue
        found = _TAG.match(html, start)
        if found is None:
            at = start + 1
            continue
        tag = Tag(found[2].lower(), bool(found[1]), _attributes(found[3]))
        at = found.end()
        yield tag
        if tag.name in _ENDS and not tag.closes:
            end_tag = _ENDS[tag.name].search(html, at)
            if end_tag is None:
                return
            if tag.name == "title":
                yield html[at : end_tag.start()]
            at = end_tag.start()


def _attributes(text: str) -> dict[str, str]:
    """The first of each name counts, as in browsers."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        found.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
    return found
