"""The allow-lists. What is not named here does not reach a reader, whoever wrote it.

Every `id`, and every link to one, gets the prefix `u-`, so that a text cannot imitate or shadow parts of the page.
"""

import re
from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

import nh3
from pygments.token import STANDARD_TYPES

from apps.common.markup.blocks import CALLOUTS
from apps.common.markup.embeds import IDS, is_embed_id
from apps.common.markup.lines import LINE_ATTRIBUTE
from apps.common.markup.nesting import not_too_deep

ID_PREFIX = "u-"
_HIGHLIGHT = {name for name in STANDARD_TYPES.values() if name}
_ALIGN = {"alignleft", "alignright", "aligncenter", "alignwide", "alignfull"}
_CELL = {"align-left", "align-right", "align-center"}

COMMENT_TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "span",
    "strong",
    "ul",
}
ARTICLE_TAGS = COMMENT_TAGS | set(
    "abbr address article aside audio b bdi bdo caption cite col colgroup dd details dfn div dl dt figcaption figure "
    "h1 h2 h3 h4 h5 h6 i img input ins kbd label mark picture q rp rt ruby samp section small source sub summary sup "
    "table tbody td tfoot th thead time tr track u var video wbr".split()
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"dir", "id", "lang", "title"},
    "a": {"href", "hreflang"},
    "audio": {"controls", "src", "preload"},
    "aside": {"role"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "figure": {"data-embed", "data-id", "data-start"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "role"},
    "input": {"type", "checked", "disabled"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "pre": {"data-language", "tabindex"},
    "q": {"cite"},
    "source": {"src", "srcset", "type", "media"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label"},
    "video": {"controls", "src", "poster", "width", "height", "preload"},
}
_CLASSES: dict[str, set[str]] = {
    "a": {"footnote-backref", "heading-anchor"},
    "aside": {"callout"} | {f"callout-{kind}" for kind in CALLOUTS},
    "code": set(),
    "div": _ALIGN | {"table-scroll", "gallery"},
    "figure": _ALIGN | {"embed", "gallery-item"},
    "img": _ALIGN,
    "input": {"task-list-item-checkbox"},
    "li": {"footnote-item", "task-list-item"},
    "ol": {"footnotes-list"},
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _CELL),
    "p": _ALIGN | _CELL | {"callout-title", "footnote-text"},
    "pre": {"highlight"},
    "section": {"footnotes"},
    "span": _HIGHLIGHT,
    "sup": {"footnote-ref"},
    "td": _CELL,
    "th": _CELL,
    "ul": {"contains-task-list"},
}
_MEDIA = {"src", "poster"}
_LINE_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


def _is_web_or_own(url: str) -> bool:
    """An http(s) address or one within the site."""
    try:
        return urlsplit(url.strip()).scheme.lower() in {"", "http", "https"}
    except ValueError:
        return False


def _is_of_embed(attribute: str, value: str) -> bool:
    """Whether it may say what a figure embeds, or is none of these attributes."""
    match attribute:
        case "data-embed":
            return value in IDS
        case "data-id":
            return is_embed_id(value)
        case "data-start":
            return value.isascii() and value.isdigit() and len(value) <= 6
    return True


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "id":
        return value if value.startswith(ID_PREFIX) else ID_PREFIX + value
    if attribute == "href" and value.startswith("#") and len(value) > 1:
        return value if value.startswith("#" + ID_PREFIX) else f"#{ID_PREFIX}{value[1:]}"
    if attribute in _MEDIA and not _is_web_or_own(value):
        return None
    if attribute == "srcset" and not all(_is_web_or_own(part) for part in value.split(",")):
        return None
    if attribute == LINE_ATTRIBUTE and not _LINE_NUMBER.fullmatch(value):
        return None
    if attribute == "tabindex":
        return "0"
    if attribute == "role":
        return _role_of(tag, value)
    if tag == "figure":
        return value if _is_of_embed(attribute, value) else None
    if tag == "input" and attribute == "type":
        return "checkbox"
    return value


def _role_of(tag: str, value: str) -> str | None:
    """A callout is a note; a picture that says nothing on purpose is presentation."""
    if tag == "img":
        return value if value == "presentation" else None
    return "note"


@cache
def _cleaner(*, comment: bool, lines: bool = False) -> Callable[[str], str]:
    if comment:
        options: dict[str, object] = {
            "tags": COMMENT_TAGS,
            "attributes": {"a": {"href"}, "pre": {"data-language", "tabindex"}, "ol": {"start"}},
            "allowed_classes": {"a": {"mention"}} | {name: _CLASSES[name] for name in ("pre", "span")},
            "link_rel": "nofollow ugc noopener",
        }
    else:
        options = {
            "tags": ARTICLE_TAGS,
            "attributes": {**_ATTRIBUTES, "*": _ATTRIBUTES["*"] | {LINE_ATTRIBUTE}} if lines else _ATTRIBUTES,
            "allowed_classes": _CLASSES,
            "link_rel": "noopener",
            "set_tag_attribute_values": {
                "img": {"loading": "lazy", "decoding": "async"},
                "input": {"disabled": "", "type": "checkbox"},
            },
        }
    cleaner = nh3.Cleaner(
        **options,  # type: ignore[arg-type]
        attribute_filter=_filter,
        url_schemes={"http", "https", "mailto"},
        clean_content_tags={"script", "style", "title", "template", "textarea", "noscript", "iframe"},
    )
    return cleaner.clean


def sanitise_article(html: str) -> str:
    """HTML of a post or page with everything dropped that the article allow-list does not name."""
    return _cleaner(comment=False)(not_too_deep(html))


def sanitise_preview(html: str) -> str:
    """As `sanitise_article`, with the lines of the source left in."""
    return _cleaner(comment=False, lines=True)(not_too_deep(html))


def sanitise_comment(html: str) -> str:
    """HTML of a comment: paragraphs, emphasis, lists, quotes, code and links that search engines do not follow."""
    return _cleaner(comment=True)(not_too_deep(html))
