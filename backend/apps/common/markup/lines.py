"""Where in its source a part of a rendered text stands, for a preview that scrolls along with the editor."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

LINE_ATTRIBUTE = "data-line"
"""The first line of a block in its source, counted from 1."""
_MARKED = "source_lines"


def mark_lines(markdown: MarkdownIt) -> None:
    """Lets every block say its line when it is rendered with `with_lines()`; otherwise nothing changes."""
    markdown.core.ruler.after("block", _MARKED, _mark)


def with_lines() -> dict[str, object]:
    """The environment of a rendering that marks lines."""
    return {_MARKED: True}


def _mark(state: StateCore) -> None:
    if not state.env.get(_MARKED):
        return
    for token in state.tokens:
        if token.map and token.nesting >= 0 and token.type not in {"inline", "html_block"}:
            token.attrSet(LINE_ATTRIBUTE, str(token.map[0] + 1))
