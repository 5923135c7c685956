"""What we make of paragraphs and quotes beyond CommonMark: figures, embeds and callouts. Rules for markdown-it."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from apps.common.markup.embeds import Embed, embed_of

CALLOUTS = {
    "note": "Note",
    "tip": "Tip",
    "important": "Important",
    "warning": "Warning",
    "caution": "Caution",
}
"""Kinds of callout, and the words that say the kind where no colour does."""


def figures(state: StateCore) -> None:
    """A paragraph that holds one image with a title, linked or not, becomes a figure, the title its caption."""
    for opening, inline, closing in _paragraphs(state):
        children = inline.children or []
        linked = len(children) == 3 and children[0].type == "link_open" and children[2].type == "link_close"
        if len(children) != 1 and not linked:
            continue
        image = children[1] if linked else children[0]
        caption = image.attrs.get("title") if image.type == "image" else None
        if not caption:
            continue
        opening.tag = closing.tag = "figure"
        del image.attrs["title"]
        inline.children = [
            *children,
            Token("caption_open", "figcaption", 1),
            Token("text", "", 0, content=str(caption)),
            Token("caption_close", "figcaption", -1),
        ]


def embeds(state: StateCore) -> None:
    """A paragraph that is nothing but an address that we know becomes a figure that names what it leads to."""
    for opening, inline, closing in _paragraphs(state):
        if opening.hidden:  # an item of a tight list is no paragraph of its own
            continue
        embed = _embed_in(inline)
        if embed is None:
            continue
        opening.tag = closing.tag = "figure"
        opening.attrs |= {"class": "embed", "data-embed": embed.kind, "data-id": embed.id}
        if embed.start:
            opening.attrs["data-start"] = str(embed.start)
        if len(inline.children or []) == 1:
            # A bare path of our own, which is no link by itself.
            link = Token("link_open", "a", 1, attrs={"href": inline.content})
            inline.children = [link, *(inline.children or []), Token("link_close", "a", -1)]


def cell_alignment(state: StateCore) -> None:
    """Alignment as a class: the content policy forbids inline styles."""
    for token in state.tokens:
        if token.type in {"th_open", "td_open"} and "style" in token.attrs:
            side = str(token.attrs.pop("style")).rpartition(":")[2].strip()
            token.attrJoin("class", f"align-{side}")


def callout_open(
    renderer: RendererHTML, tokens: list[Token], index: int, options: Any, environment: MutableMapping[str, Any]
) -> str:
    """The beginning of a callout."""
    token = tokens[index]
    token.attrs |= {"class": f"callout callout-{str(token.meta['kind']).lower()}", "role": "note"}
    return f"<aside{renderer.renderAttrs(token)}>\n"


def callout_title(
    renderer: RendererHTML, tokens: list[Token], index: int, options: Any, environment: MutableMapping[str, Any]
) -> str:
    """Before the title, which is a word for everybody and not only a colour."""
    return '<p class="callout-title">'


def callout_close(
    renderer: RendererHTML, tokens: list[Token], index: int, options: Any, environment: MutableMapping[str, Any]
) -> str:
    """The end of a callout."""
    return "</aside>\n"


def _paragraphs(state: StateCore) -> Iterator[tuple[Token, Token, Token]]:
    tokens = state.tokens
    for index in range(len(tokens) - 2):
        opening, inline, closing = tokens[index : index + 3]
        if (opening.type, inline.type, closing.type) == ("paragraph_open", "inline", "paragraph_close"):
            yield opening, inline, closing


def _embed_in(inline: Token) -> Embed | None:
    children = inline.children or []
    if len(children) == 1 and children[0].type == "text" and inline.content.startswith("/posts/"):
        return embed_of(inline.content)
    is_address = len(children) == 3 and children[0].type == "link_open" and children[0].info == "auto"
    return embed_of(str(children[0].attrs.get("href", ""))) if is_address else None
