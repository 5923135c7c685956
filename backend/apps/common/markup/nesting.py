"""How deep elements may stand in each other.

The sanitiser takes time with the square of the depth: half a megabyte of `<ul><li>` would keep it busy for half a
minute. No text that people read is nested like that.

Tags are told from other text as browsers do it. What is nested is not followed as exactly: an end tag counts only where
it ends the innermost element, so that wrong nesting may be taken for deeper than it is, and never for less deep.
"""

import re

DEEPEST = 200
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<[!?][^>]*>?"
    r"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*+)"
    r"(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*+)?)?)*+>?",
    re.IGNORECASE | re.DOTALL,
)
_UNCOUNTED = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"),
    "p",  # ends by itself where the next one begins
}
_DROPPED = {"svg", "math", "select", "noscript", "template", "form", "html", "head", "body"}
"""Inside of these other rules hold for tags; the sanitiser keeps none of them."""
_RAW = {"script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"}
"""Their content is no HTML."""
_CELLS = {"tr", "td", "th"}
_ROWS = {"thead", "tbody", "tfoot"}
_SIBLINGS = {name: names for names in ({"li"}, {"dt", "dd"}, {"option"}, _CELLS, _ROWS) for name in names}
"""These end by themselves where one of their kind begins, so that a long text may hold many that nobody closed."""
_ENDING = {
    **{name: {"li"} for name in ("ul", "ol", "menu", "dir")},
    "dl": {"dt", "dd"},
    **dict.fromkeys(_ROWS | _CELLS, _CELLS),
    "table": _CELLS | _ROWS,
}
"""And these take those along."""


def not_too_deep(html: str) -> str:
    """The same HTML where nothing stands deeper than 200 elements; of what does, the tags beyond that become text."""
    return "".join(_Text(html).parts()) if html.count("<") > DEEPEST else html


class _Text:
    """One walk over a text."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.open: list[str] = []
        self.trusts_ends = True

    def parts(self) -> list[str]:
        parts, at = [], 0
        while found := _TOKEN.search(self.html, at):
            name = (found["name"] or "").lower()
            parts += [self.html[at : found.start()], self._kept(found[0], name, is_end=bool(found["end"]))]
            at = found.end()
            if name in _RAW and not found["end"] and parts[-1] == found[0]:
                start, at = at, self._end_of_raw(name, at)
                parts.append(self.html[start:at])
        return [*parts, self.html[at:]]

    def _kept(self, tag: str, name: str, *, is_end: bool) -> str:
        if name in _DROPPED:
            return " "  # not nothing, which would make one tag of what stands around it
        if not name or name in _UNCOUNTED or name in _RAW:
            return tag
        if is_end:
            self._close(name)
        elif self.open and self.open[-1] in _SIBLINGS.get(name, ()):
            self.open[-1] = name
        elif len(self.open) >= DEEPEST:
            return f"&lt;{tag[1:]}"
        else:
            self.open.append(name)
        return tag

    def _close(self, name: str) -> None:
        place = len(self.open)
        while place and self.open[place - 1] != name and self.open[place - 1] in _ENDING.get(name, ()):
            place -= 1
        if place and self.open[place - 1] == name:
            place -= 1
        elif name not in _CELLS:
            return
        if self.trusts_ends:
            del self.open[place:]

    def _end_of_raw(self, name: str, at: int) -> int:
        found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.html, at)
        end = found.start() if found else len(self.html)
        if name == "script" and "<!--" in self.html[at:end]:  # which may end elsewhere
            self.trusts_ends = False
        return end
