"""The text of a comment: WordPress keeps a little HTML with implicit paragraphs, we keep Markdown."""

import re

from apps.importers.wordpress.markup.cleaning import clean
from apps.importers.wordpress.markup.paragraphs import make_paragraphs
from apps.importers.wordpress.markup.tree import Node, parse

_SPECIAL = re.compile(r"([\\`*_\[\]<>~&])")
_AT_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+=](?=[\s=-]|$)|\d{1,9}[.)](?=\s|$))", re.MULTILINE)
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "cite": "*", "s": "~~", "del": "~~"}


def convert_comment(body: str) -> str:
    """The comment as Markdown that renders to the same text, emphasis, links, quotes, lists and code."""
    root = parse(body.replace("\r\n", "\n").replace("\r", "\n"))
    clean(root)
    make_paragraphs(root, keep_lines=True)
    return re.sub(r"\n{3,}", "\n\n", _blocks(root)).strip()


def _blocks(node: Node) -> str:
    """The children of an element as Markdown blocks with empty lines between them."""
    pieces: list[str] = []
    inline = ""
    for child in node.children:
        if isinstance(child, Node) and child.is_block:
            pieces += [inline.strip(), _block(child)]
            inline = ""
        else:
            inline += _inline(child)
    pieces.append(inline.strip())
    return "\n\n".join(piece for piece in pieces if piece)


def _block(node: Node) -> str:
    if node.tag == "blockquote":
        return _prefixed(_blocks(node), "> ", "> ")
    if node.tag in {"ul", "ol"}:
        items = [child for child in node.children if isinstance(child, Node)]
        marks = [f"{number}. " if node.tag == "ol" else "- " for number in range(1, len(items) + 1)]
        return "\n".join(
            _prefixed(_blocks(item), mark, " " * len(mark)) for item, mark in zip(items, marks, strict=True)
        )
    if node.tag == "pre":
        return f"````\n{node.text().strip(chr(10)).replace('````', '` ```')}\n````"
    if node.tag == "hr":
        return "***"
    return _blocks(node)


def _prefixed(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join((first if not number else others) + line for number, line in enumerate(lines)).rstrip()


def _inline(child: Node | str) -> str:
    if isinstance(child, str):
        return _AT_START.sub(_disarmed, _SPECIAL.sub(r"\\\1", child))
    inside = "".join(map(_inline, child.children))
    if child.tag == "br":
        return "\n"
    if child.tag == "code":
        return _code(child.text())
    if child.tag == "a":
        return _link(child, inside)
    mark = _MARKS.get(child.tag)
    if not mark or not inside.strip():
        return inside
    start, end = len(inside) - len(inside.lstrip()), len(inside.rstrip())
    return f"{inside[:start]}{mark}{inside[start:end]}{mark}{inside[end:]}"


def _disarmed(match: re.Match[str]) -> str:
    """A mark that would begin a heading or a list, as a character."""
    space, mark = match[1], match[2]
    return f"{space}{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"{space}\\{mark}"


def _code(text: str) -> str:
    text = " ".join(text.split("\n"))
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text.strip() else ""


def _link(node: Node, inside: str) -> str:
    url = node.attributes.get("href", "")
    if not url.startswith(("http://", "https://", "mailto:")) or not inside.strip():
        return inside
    address = url.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E").replace("\n", "").replace("\\", "%5C")
    return f"[{inside.strip()}](<{address}>)"
