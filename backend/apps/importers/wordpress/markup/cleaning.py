"""What WordPress, its block editor and old HTML leave in a text, brought to plain modern HTML."""

import re
from urllib.parse import urlsplit

from apps.importers.wordpress.markup.tree import Node

_RENAMED = {"strike": "s", "acronym": "abbr", "tt": "code", "big": "strong", "hgroup": "div"}
_EMBEDDED = {"iframe", "object", "embed"}
_UNWRAPPED = {"main", "header", "footer", "nav"}
_FLOATS = {"alignleft", "alignright", "aligncenter", "alignwide", "alignfull"}
_SIDES = {"left", "right", "center"}
_KEPT_CLASSES = {"gallery", "gallery-item"}
_FLOATING = {"img", "figure"}
_ROOM_FOR_BLOCKS = {"", "blockquote", "dd", "div", "li", "td"}
_STYLE_SIDE = re.compile(r"text-align\s*:\s*(left|right|center)", re.IGNORECASE)
_STYLE_IMAGE = re.compile(r"background(?:-image)?\s*:[^;]*url\(\s*['\"]?(https?://[^'\")]+)", re.IGNORECASE)
_BUTTON = "wp-block-file__button"


def clean(root: Node) -> None:
    """Bring the whole tree in order, the innermost elements first."""
    _clean_children(root)
    root.children = _without_empty(root.children)


def _clean_children(parent: Node) -> None:
    children: list[Node | str] = []
    for child in parent.children:
        if isinstance(child, Node):
            _clean_children(child)
            if child.tag == "code" and parent.tag in _ROOM_FOR_BLOCKS and "\n" in child.text().strip():
                child = Node("pre", {}, [Node("code", {}, [child.text().strip("\n")])])  # noqa: PLW2901
            children.extend(_cleaned(child))
        else:
            children.append(child)
    parent.children = children


def _cleaned(node: Node) -> list[Node | str]:
    """What an element becomes: itself with another name and fewer attributes, its content, or another element."""
    node.tag = _RENAMED.get(node.tag, node.tag)
    replaced = _replaced(node)
    if replaced is not None:
        return replaced
    if "wp-block-gallery" in node.classes:
        node = _gallery(node)
    elif node.tag == "poem":
        node = Node("p", {}, node.children)
    before = _background(node)
    _reduce_attributes(node)
    if node.tag in {"span", "a"} and not node.attributes:
        return [*before, *node.children]
    if node.tag == "div" and not node.attributes:
        return [*before, "\n\n", *node.children, "\n\n"]
    return [*before, node]


def _replaced(node: Node) -> list[Node | str] | None:
    """What stands for an element that goes; None for one that stays."""
    if node.tag in _EMBEDDED:
        return _link_instead(node)
    if node.tag == "font":
        return node.children
    if node.tag in _UNWRAPPED:
        return ["\n\n", *node.children, "\n\n"]
    if node.tag == "center":
        return [Node("div", {"class": "aligncenter"}, node.children)]
    return [] if _BUTTON in node.classes else None


def _link_instead(node: Node) -> list[Node | str]:
    """An embedded page is a link to it; a YouTube player one to the video."""
    url = node.attributes.get("src") or node.attributes.get("data-src") or node.attributes.get("data") or ""
    if url.startswith("//"):
        url = "https:" + url
    if not url.startswith(("https://", "http://")):
        return node.children
    video = re.match(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{5,})", url)
    if video:
        url = f"https://www.youtube.com/watch?v={video[1]}"
    return ["\n\n", Node("a", {"href": url}, [url]), "\n\n"]


def _gallery(node: Node) -> Node:
    """The block editor's gallery, a list or nested figures, as ours."""
    found = list(node.elements())
    pictures = [child for child in found if child.tag == "figure"] or [child for child in found if child.tag == "img"]
    items: list[Node | str] = []
    for child in pictures:
        content = child.children if child.tag == "figure" else [child]
        items.append(Node("figure", {"class": "gallery-item"}, list(content)))
    gallery = Node("div", {"class": "gallery"}, items)
    captions = [child for child in node.children if isinstance(child, Node) and child.tag == "figcaption"]
    if not captions:
        return gallery
    return Node("div", {}, [gallery, *(Node("p", {}, caption.children) for caption in captions)])


def _background(node: Node) -> list[Node | str]:
    """A picture that stood behind a text stands before it."""
    match = _STYLE_IMAGE.search(node.attributes.get("style", ""))
    if not match or node.tag not in {"div", "section"}:
        return []
    return [Node("figure", {}, [Node("img", {"src": match[1], "alt": ""})])]


def _reduce_attributes(node: Node) -> None:
    """No styles, no classes but those of alignment; the side of a text as a class."""
    classes = [name for name in node.classes if name in _KEPT_CLASSES]
    style, align = node.attributes.pop("style", ""), node.attributes.pop("align", "").lower()
    floats = [name for name in node.classes if name in _FLOATS]
    if node.tag in _FLOATING:
        if not floats and align in _SIDES and node.tag == "img":
            floats = [f"align{align}"]
        classes += floats[:1]
    elif node.tag in {"p", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"}:
        classes += _side_of(node, style, align)
    node.attributes.pop("class", None)
    node.attributes = {name: value for name, value in node.attributes.items() if value or name in {"alt", "controls"}}
    if classes:
        node.attributes["class"] = " ".join(dict.fromkeys(classes))
    if node.tag in {"audio", "video"}:
        node.attributes["controls"] = ""
    if node.tag == "img":
        node.attributes.setdefault("alt", "")
        _reduce_size(node)


def _side_of(node: Node, style: str, align: str) -> list[str]:
    match = _STYLE_SIDE.search(style)
    by_class = [name.rpartition("-")[2] for name in node.classes if name.startswith("has-text-align-")]
    by_class += [name.removeprefix("align") for name in node.classes if name in {"aligncenter", "alignright"}]
    side = match[1].lower() if match else (by_class[0] if by_class else align)
    return [f"align-{side}"] if side in {"right", "center"} else []


def _reduce_size(image: Node) -> None:
    """Width and height only where both are whole numbers of pixels: then they keep the place of the picture."""
    sizes = [image.attributes.get(name, "") for name in ("width", "height")]
    if not all(size.isdigit() and 0 < int(size) < 20_000 for size in sizes if len(size) < 6) or not all(sizes):
        image.attributes.pop("width", None)
        image.attributes.pop("height", None)
    if not urlsplit(image.attributes.get("src", "")).path:
        image.attributes.pop("src", None)


def _without_empty(children: list[Node | str]) -> list[Node | str]:
    """Without elements that show nothing."""
    kept: list[Node | str] = []
    for child in children:
        if isinstance(child, Node):
            child.children = _without_empty(child.children)
            if _shows_nothing(child):
                continue
        kept.append(child)
    return kept


def _shows_nothing(node: Node) -> bool:
    if node.tag in {"td", "th", "br", "hr", "wbr", "col", "colgroup", "source", "track", "tr"}:
        return False
    if node.tag == "img":
        return "src" not in node.attributes
    if node.tag in {"audio", "video"}:
        return "src" not in node.attributes and not node.children
    if any(isinstance(child, Node) and child.tag != "br" for child in node.children):
        return False
    return not node.text().strip(" \t\n\xa0\u200b")
