"""WordPress's shortcodes: `[caption]`, `[gallery]`, `[embed]`, `[code]` and whatever plugins left behind.

What a plugin would have shown is not there any more, so an unknown shortcode goes and what stands inside it stays.
A word in brackets that only looks like one, `[sic]`, is text.
"""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

_SHORTCODE = re.compile(
    r"""\[(?P<open>\[?)(?P<close>/?)(?P<name>[A-Za-z][\w-]{0,60})
    (?P<rest>(?:[=\s](?:[^\[\]"'<>]|"[^"]{0,4000}"|'[^']{0,4000}'|<[^<>]{0,2000}>){0,600}|/)?)\](?P<end>\]?)""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|(\S+)""")
_TAG = re.compile(r"<[^<>]*>")
_LITERAL = re.compile(
    r"<(pre|code|poem|textarea)\b.*?</\1\s*>|\[(code|sourcecode)\b[^\]]*\].*?\[/\2\]", re.DOTALL | re.IGNORECASE
)
_URL = re.compile(r"https?://[^\s\"'<>\]]+")
MAX_NESTING = 5
MAX_SHORTCODES = 3000
_HIDDEN_BRACKET = "\ue000"
_CODE = {"code", "sourcecode"}
_WITH_URL = {"video", "audio", "embed", "youtube", "vimeo", "dailymotion", "soundcloud", "tweet", "instagram", "gist"}


@dataclass(frozen=True)
class Picture:
    """An image of a gallery."""

    url: str
    alt: str = ""
    caption: str = ""


@dataclass
class _Token:
    """A shortcode's opening or closing tag in the text."""

    start: int
    end: int
    name: str
    rest: str
    is_closing: bool
    partner: "_Token | None" = None


Pictures = Callable[[Sequence[str]], list[Picture]]


def expand_shortcodes(text: str, pictures: Pictures) -> str:
    """The text with HTML instead of shortcodes; those in code and in attributes stay as they are."""
    text = text.replace(_HIDDEN_BRACKET, "")
    text = _LITERAL.sub(lambda match: _literal(match[0]), text)
    text = _TAG.sub(lambda match: match[0].replace("[", _HIDDEN_BRACKET), text) if "[" in text else text
    tokens = _match_partners(_tokens(text))
    return _replace(text, (0, len(text)), tokens, pictures).replace(_HIDDEN_BRACKET, "[")


def _literal(passage: str) -> str:
    """A passage of code: `[code]` becomes a `pre`, and nothing in it is a shortcode any more."""
    match = re.match(r"\[(\w+)([^\]]*)\](.*)\[/\w+\]\Z", passage, re.DOTALL)
    if match and match[1].lower() in _CODE:
        attributes, first = parse_attributes(match[2])
        language = attributes.get("lang") or attributes.get("language") or first.lstrip("=")
        language = re.sub(r"[^\w+#.-]", "", language)[:30]
        label = f' data-language="{language}"' if language else ""
        code = html.escape(html.unescape(match[3]).strip("\n"), quote=False)
        passage = f"\n\n<pre{label}><code>{code}</code></pre>\n\n"
    return passage.replace("[", _HIDDEN_BRACKET)


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in islice(_SHORTCODE.finditer(text), MAX_SHORTCODES):
        if match["open"] and match["end"]:  # [[gallery]] is how one writes [gallery]
            continue
        start = match.start() + len(match["open"])
        end = match.end() - len(match["end"])
        found.append(_Token(start, end, match["name"].lower(), match["rest"].strip(), bool(match["close"])))
    return found


def _match_partners(tokens: list[_Token]) -> list[_Token]:
    """Join each opening tag with the closing one that belongs to it; a closing one alone remains unjoined."""
    waiting: dict[str, list[_Token]] = {}
    for token in tokens:
        if not token.is_closing:
            waiting.setdefault(token.name, []).append(token)
        elif waiting.get(token.name):
            opening = waiting[token.name].pop()
            if token.name in {"caption", "wp_caption", "embed"} or not opening.rest.endswith("/"):
                opening.partner, token.partner = token, opening
    return tokens


def _replace(text: str, span: tuple[int, int], tokens: list[_Token], pictures: Pictures, depth: int = 0) -> str:
    """The passage with its shortcodes replaced, from the outside in."""
    start, end = span
    pieces, place = [], start
    for token in tokens:
        if token.start < place or token.end > end:
            continue
        pieces.append(_unescaped(text[place : token.start]))
        place = token.end
        closing = token.partner if not token.is_closing else None
        if closing and closing.end <= end and token.name in _ENCLOSING and depth < MAX_NESTING:
            inner_tokens = [inner for inner in tokens if token.end <= inner.start and inner.end <= closing.start]
            inside = _replace(text, (token.end, closing.start), inner_tokens, pictures, depth + 1)
            place = closing.end
            pieces.append(_ENCLOSING[token.name](token.rest, inside))
        else:
            pieces.append(_single(token, text[token.start : token.end], pictures))
    pieces.append(_unescaped(text[place:end]))
    return "".join(pieces)


def _unescaped(text: str) -> str:
    return re.sub(r"\[(\[/?[A-Za-z][^\[\]]*\])\]", r"\1", text)


def _single(token: _Token, written: str, pictures: Pictures) -> str:
    """What takes the place of a tag without an inside of interest."""
    attributes, first = parse_attributes(token.rest)
    if token.name == "gallery":
        numbers = [part for part in re.split(r"[,\s]+", attributes.get("ids", "")) if part]
        return _gallery(pictures(numbers or []))
    if token.name in {"video", "audio"} and not token.is_closing:
        return _player(token.name, attributes, first)
    if token.name in _WITH_URL and not token.is_closing:
        url = _URL.search(html.unescape(token.rest))
        return _link(url[0]) if url else ""
    looks_like_text = not token.partner and not token.is_closing and not attributes and "_" not in token.name
    return written if looks_like_text and token.name not in _GONE else ""


_GONE = {"playlist", "contact-form", "caption", "embed", "code"}


def parse_attributes(text: str) -> tuple[dict[str, str], str]:
    """`name="value"` pairs by lower-case name, and the first value that has no name."""
    pairs: dict[str, str] = {}
    first = ""
    for name, double, single, bare, alone in _ATTRIBUTE.findall(text.strip(" /")):
        if name:
            pairs[name.lower()] = html.unescape(double or single or bare)
        elif not first:
            first = html.unescape(alone)
    return pairs, first


def _caption(rest: str, inside: str) -> str:
    """`[caption align="alignleft"]<img> Words[/caption]`; long ago the words stood in an attribute."""
    attributes, _ = parse_attributes(rest.replace(_HIDDEN_BRACKET, "["))
    match = re.match(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", inside, re.DOTALL)
    if not match:
        return inside
    words = attributes.get("caption") or match[2].strip()
    align = attributes.get("align", "")
    label = f' class="{align}"' if align in {"alignleft", "alignright", "aligncenter"} else ""
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return f"\n\n<figure{label}>{match[1]}{caption}</figure>\n\n"


def _embed(rest: str, inside: str) -> str:
    url = _URL.search(html.unescape(inside + " " + rest))
    return _link(url[0]) if url else ""


def _enclosed_player(rest: str, inside: str) -> str:
    return _player("video", *parse_attributes(rest)) + (inside if "<a" in inside else "")


_ENCLOSING: dict[str, Callable[[str, str], str]] = {
    "caption": _caption,
    "wp_caption": _caption,
    "embed": _embed,
    "youtube": _embed,
    "video": _enclosed_player,
}


def _gallery(pictures: list[Picture]) -> str:
    if not pictures:
        return "\n\n"
    figures = []
    for picture in pictures:
        caption = f"<figcaption>{html.escape(picture.caption)}</figcaption>" if picture.caption else ""
        image = f'<img src="{html.escape(picture.url)}" alt="{html.escape(picture.alt)}">'
        figures.append(f'<figure class="gallery-item">{image}{caption}</figure>')
    return f'\n\n<div class="gallery">{"".join(figures)}</div>\n\n'.replace("[", _HIDDEN_BRACKET)


def _player(tag: str, attributes: dict[str, str], first: str) -> str:
    """The file of a `[video]` or `[audio]`, under whichever attribute it is."""
    values = [attributes.get(name, "") for name in ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav")]
    url = next((value for value in [*values, first] if _URL.fullmatch(value)), "")
    if not url:
        return ""
    if not re.search(r"\.(mp4|m4v|webm|ogv|mp3|m4a|ogg|oga|wav|flac)(\?|\Z)", url, re.IGNORECASE):
        return _link(url)
    return f'\n\n<{tag} controls src="{html.escape(url)}"></{tag}>\n\n'


def _link(url: str) -> str:
    address = html.escape(url).replace("[", _HIDDEN_BRACKET)
    return f'\n\n<a href="{address}">{address}</a>\n\n'
