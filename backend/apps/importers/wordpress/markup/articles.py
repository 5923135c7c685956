"""From the stored text of a post or page to HTML: shortcodes, blocks, embeds, implicit paragraphs."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apps.importers.wordpress.markup.cleaning import clean
from apps.importers.wordpress.markup.paragraphs import make_paragraphs
from apps.importers.wordpress.markup.shortcodes import Picture, expand_shortcodes
from apps.importers.wordpress.markup.tree import parse, serialise

_BLOCK = re.compile(r"<!--\s*wp:")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_VERSE = re.compile(r"<!--\s*wp:verse\b.*?<!--\s*/wp:verse\s*-->", re.DOTALL)

Pictures = Callable[[Sequence[str]], list[Picture]]


@dataclass(frozen=True)
class _Nothing:
    def __call__(self, numbers: Sequence[str]) -> list[Picture]:
        return []


def convert_article(body: str, *, pictures: Pictures = _Nothing()) -> str:
    """HTML with real paragraphs. `pictures` finds the images of a gallery: those with these numbers, in that order,
    or with no numbers all that belong to the item."""
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    has_blocks = bool(_BLOCK.search(text))
    text = _VERSE.sub(lambda match: re.sub(r"(</?)pre\b", r"\1poem", match[0]), text)
    text = _COMMENT.sub(_instead_of_comment, text)
    text = expand_shortcodes(text, pictures)
    root = parse(text)
    clean(root)
    make_paragraphs(root, keep_lines=not has_blocks)
    return serialise(root)


def _instead_of_comment(match: re.Match[str]) -> str:
    """`<!--more-->` and `<!--nextpage-->` stand between paragraphs; the others leave nothing."""
    return "\n\n" if re.match(r"<!--\s*(more|nextpage|noteaser)\b", match[0]) else ""
