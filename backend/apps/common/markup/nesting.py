"""How deep elements may stand in each other.

The sanitiser takes time with the square of the depth: half a megabyte of `<ul><li>` would keep it busy for half a
minute.
No text that people read is nested like that.
"""

import re

DEEPEST = 200
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b", re.IGNORECASE)
_NOT_COUNTED = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"),
    # These end by themselves where the next one begins, so that a long text may hold many that nobody closed.
    *("p", "li", "dt", "dd", "tr", "td", "th", "option"),
}


def not_too_deep(html: str) -> str:
    """The same HTML where nothing stands deeper than 200 elements; of what does, the tags beyond that become text."""
    if html.count("<") <= DEEPEST:
        return html
    depth = 0

    def shallow(found: re.Match[str]) -> str:
        nonlocal depth
        if found[2].lower() in _NOT_COUNTED:
            return found[0]
        if found[1]:
            depth = max(0, depth - 1)
        elif depth >= DEEPEST:
            return f"&lt;{found[2]}"
        else:
            depth += 1
        return found[0]

    return _TAG.sub(shallow, html)
