"""Pictures that say nothing on purpose. A rule for markdown-it.

`![](address "")`, with an empty title, is one; `![](address)` is one whose words are missing. Every reader of Markdown
shows both alike.
"""

import re
from collections.abc import Iterator

from markdown_it.rules_core import StateCore

_EMPTY_TITLE = re.compile(r"\s(?:\"\"|'')\s*\)")
_WITHOUT_WORDS = re.compile(r"!\[\]\(\s*(?:<([^<>\n]*)>|([^\s<>]+))\s+(?:\"\"|'')\s*\)")


def decorative(state: StateCore) -> None:
    """Mark the images that are only decoration with `role="presentation"`."""
    for inline in state.tokens:
        if inline.type != "inline" or "![](" not in inline.content:
            continue
        addresses = {state.md.normalizeLink(address) for address in _addresses(inline.content)}
        for token in inline.children or []:
            if token.type == "image" and not token.content and token.attrs.get("src") in addresses:
                token.attrs["role"] = "presentation"


def _addresses(text: str) -> Iterator[str]:
    """Those of images with an empty title. From each such title one look back to the nearest image, never behind the
    title before: searching forward from each image would take time with the square of the length."""
    last = 0
    for title in _EMPTY_TITLE.finditer(text):
        at = text.rfind("![](", last, title.start())
        last = title.end()
        image = _WITHOUT_WORDS.match(text, at, title.end()) if at >= 0 else None
        if image is not None:
            yield image[1] or image[2]
