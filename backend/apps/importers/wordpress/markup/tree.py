"""HTML as a small tree: balanced by the sanitiser's own HTML5 parser, then read, changed and written."""

from __future__ import annotations

import html
from collections.abc import Iterator
from html.parser import HTMLParser

import nh3

from apps.common.markup.sanitising import ARTICLE_TAGS

MAX_DEPTH = 60
"""Elements deeper than this are left out; their text stays."""
VOID = {"br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"}
BLOCKS = set(
    "address article aside audio blockquote caption center col colgroup dd details div dl dt figcaption figure h1 h2 "
    "h3 h4 h5 h6 hr li ol p poem pre section summary table tbody td tfoot th thead tr ul video".split()
)
"""Elements that end a paragraph."""
_OLD_TAGS = set("acronym big center embed font iframe object strike tt poem main header footer nav hgroup".split())
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "style", "title", "align"},
    "a": {"href", "hreflang"},
    "audio": {"controls", "src", "preload"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "embed": {"src"},
    "iframe": {"src", "data-src"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "object": {"data"},
    "ol": {"start", "reversed", "type"},
    "pre": {"data-language"},
    "q": {"cite"},
    "source": {"src", "srcset", "type", "media"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label"},
    "video": {"controls", "src", "poster", "width", "height", "preload"},
}
_balancer = nh3.Cleaner(
    tags=(ARTICLE_TAGS | _OLD_TAGS) - {"input", "picture"},
    attributes=_ATTRIBUTES,
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
    clean_content_tags={"script", "style", "title", "template", "textarea", "noscript", "select", "button", "svg"},
)


class Node:
    """An element; the root has no tag."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(
        self, tag: str, attributes: dict[str, str] | None = None, children: list[Node | str] | None = None
    ) -> None:
        self.tag = tag
        self.attributes = attributes or {}
        self.children: list[Node | str] = children if children is not None else []

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def is_block(self) -> bool:
        return self.tag in BLOCKS

    def elements(self) -> Iterator[Node]:
        """Every element below, in the order of the text."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.elements()

    def text(self) -> str:
        """All text below."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]
        self.too_deep = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self.open) > MAX_DEPTH:
            self.too_deep += tag not in VOID
            return
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.too_deep:
            self.too_deep -= 1
        elif len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        children = self.open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)


def parse(text: str) -> Node:
    """The tree of any text that claims to be HTML. Scripts, styles and handlers are gone already."""
    builder = _Builder()
    builder.feed(_balancer.clean(text))
    builder.close()
    return builder.root


def serialise(root: Node) -> str:
    """The tree as HTML, blocks at the top each on lines of their own."""
    pieces = [_write(child) for child in root.children]
    return "\n\n".join(piece for piece in (piece.strip("\n") for piece in pieces) if piece.strip())


def _write(node: Node | str) -> str:
    if isinstance(node, str):
        return html.escape(node, quote=False)
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in node.attributes.items())
    if node.tag in VOID:
        return f"<{node.tag}{attributes}>"
    inner = "".join(map(_write, node.children))
    if node.tag == "pre" and inner.startswith("\n"):
        inner = "\n" + inner  # the first line break of a pre is not part of its text
    return f"<{node.tag}{attributes}>{inner}</{node.tag}>"
