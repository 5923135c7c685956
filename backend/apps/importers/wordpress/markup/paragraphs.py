"""WordPress lets authors leave out paragraphs: an empty line means a new one, a line break a `<br>`. Here they
become elements, by walking the tree: what is inline between two blocks is text, and text is cut at empty lines."""

import re

from apps.importers.wordpress.markup.tree import Node

_ALWAYS = {"", "blockquote", "section", "article", "aside"}
"""Elements whose text stands in paragraphs, be it one line."""
_IF_SEVERAL = {"div", "li", "td", "th", "dd", "details"}
"""Elements whose text stands in paragraphs where there is more than one."""
_LINES = {"p", "address", "figcaption", "caption", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "summary"}
_NO_TEXT = {"ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "video", "audio"}
_EMPTY_LINE = re.compile(r"\n[ \t\xa0]*(?:\n[ \t\xa0]*)+")
_URL_ALONE = re.compile(r"\s*(https?://[^\s<>\"]+)\s*")

Run = list[Node | str]


def make_paragraphs(node: Node, *, keep_lines: bool) -> None:
    """Put the text of an element and of all below it into paragraphs. `keep_lines`: a line break is one to see."""
    if node.tag in {"pre", "code", "poem"}:
        return
    for child in node.children:
        if isinstance(child, Node):
            make_paragraphs(child, keep_lines=keep_lines)
    if node.tag in _NO_TEXT:
        node.children = [child for child in node.children if isinstance(child, Node)]
    elif node.tag in _ALWAYS | _IF_SEVERAL | {"figure"}:
        _divide(node, keep_lines=keep_lines)
    elif node.tag in _LINES:
        node.children = _with_breaks(_trimmed(node.children), keep_lines=keep_lines)


def _divide(node: Node, *, keep_lines: bool) -> None:
    """Cut the children into blocks and runs of text, and make paragraphs of the runs."""
    parts: list[Node | Run] = []
    for child in node.children:
        if isinstance(child, Node) and child.is_block:
            parts.append(child)
            continue
        pieces = _EMPTY_LINE.split(child) if isinstance(child, str) else [child]
        for number, piece in enumerate(pieces):
            if number or not parts or isinstance(parts[-1], Node):
                parts.append([])
            run = parts[-1]
            if isinstance(run, list):
                run.append(piece)
    parts = [part for part in parts if isinstance(part, Node) or _says_something(part)]
    runs = sum(isinstance(part, list) for part in parts)
    wrap = node.tag in _ALWAYS or (node.tag in _IF_SEVERAL and (runs > 1 or (runs and node.tag == "div")))
    node.children = []
    for part in parts:
        if isinstance(part, Node):
            node.children.append(part)
            continue
        run = _with_breaks(_linked(_trimmed(part)), keep_lines=keep_lines and node.tag != "figure")
        if wrap:
            node.children.append(Node("p", {}, run))
        else:
            node.children.extend(run)


def _says_something(run: Run) -> bool:
    return any(
        child.strip() if isinstance(child, str) else child.tag != "br" and (child.tag == "img" or _has_content(child))
        for child in run
    )


def _has_content(node: Node) -> bool:
    return bool(node.text().strip()) or any(child.tag == "img" for child in node.elements())


def _trimmed(run: Run) -> Run:
    """Without white space and line breaks at either end."""
    run = list(run)
    while run and (_is_break(run[0]) or (isinstance(run[0], str) and not run[0].strip())):
        run.pop(0)
    while run and (_is_break(run[-1]) or (isinstance(run[-1], str) and not run[-1].strip())):
        run.pop()
    if run and isinstance(run[0], str):
        run[0] = run[0].lstrip(" \t\n")
    if run and isinstance(run[-1], str):
        run[-1] = run[-1].rstrip(" \t\n")
    return run


def _is_break(child: Node | str) -> bool:
    return isinstance(child, Node) and child.tag == "br"


def _linked(run: Run) -> Run:
    """An address alone on its line, which WordPress would have replaced by a player or a card, as a link."""
    linked: Run = []
    for child in run:
        if not isinstance(child, str) or "://" not in child:
            linked.append(child)
            continue
        for number, line in enumerate(child.split("\n")):
            if number:
                linked.append("\n")
            match = _URL_ALONE.fullmatch(line)
            linked.append(Node("a", {"href": match[1]}, [match[1]]) if match else line)
    return linked


def _with_breaks(run: Run, *, keep_lines: bool) -> Run:
    """Each line break as `<br>`, unless there is one already; or as a space where they mean nothing."""
    result: Run = []
    for position, child in enumerate(run):
        if isinstance(child, Node):
            if not child.is_block and child.tag not in {"code", "pre"}:
                child.children = _with_breaks(child.children, keep_lines=keep_lines)
            result.append(child)
            continue
        after_break = position > 0 and _is_break(run[position - 1])
        text = child.lstrip(" \t\n") if after_break else child
        before_break = position + 1 < len(run) and _is_break(run[position + 1])
        text = text.rstrip(" \t\n") if before_break else text
        for number, line in enumerate(re.split(r"[ \t]*\n[ \t\n]*", text)):
            if number:
                result.append(Node("br") if keep_lines else " ")
            result.append(line)
    return [child for child in result if child != ""]
