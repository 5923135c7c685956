"""Pictures that say nothing on purpose. A rule for markdown-it.

`![](address "")`, with an empty title, is one; `![](address)` is one whose words are missing. Every reader of Markdown
shows both alike.
"""

import re

from markdown_it.rules_core import StateCore

_WITHOUT_WORDS = re.compile(r"!\[\]\(\s*(?:<([^<>\n]*)>|([^\s<>]+))\s+(?:\"\"|'')\s*\)")


def decorative(state: StateCore) -> None:
    """Mark the images that are only decoration with `role="presentation"`."""
    for inline in state.tokens:
        if inline.type != "inline" or "![](" not in inline.content:
            continue
        addresses = {state.md.normalizeLink(a or b) for a, b in _WITHOUT_WORDS.findall(inline.content)}
        for token in inline.children or []:
            if token.type == "image" and not token.content and token.attrs.get("src") in addresses:
                token.attrs["role"] = "presentation"
