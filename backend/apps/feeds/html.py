"""HTML of a text as it can be read elsewhere: plain images, and whole addresses.

Works on HTML that has been sanitised, whose tags are well-formed and whose attributes stand in double quotes.
"""

import re
from html import escape, unescape

from apps.feeds.addresses import absolute
from apps.media.rendering import without_pictures

_TAG = re.compile(r"<[a-z](?:[^>\"]|\"[^\"]*\")*>", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<=\s)(href|src|cite|poster)=\"([^\"]*)\"")
_SET = re.compile(r"(?<=\s)srcset=\"[^\"]*\"")
_IMAGE = re.compile(r"<img\b(?:[^>\"]|\"[^\"]*\")*>", re.IGNORECASE)
_SOURCE = re.compile(r"\ssrc=\"([^\"]+)\"")


def readable_elsewhere(html: str, *, base: str) -> str:
    """The text for feeds. `base`: where it stands; a note's `#fn1` leads there."""

    def whole(found: re.Match[str]) -> str:
        return f'{found[1]}="{escape(absolute(unescape(found[2]), base=base))}"'

    def mend(found: re.Match[str]) -> str:
        return _ADDRESS.sub(whole, _SET.sub("", found[0]))

    return _TAG.sub(mend, without_pictures(html))


def images_in(html: str, *, limit: int) -> list[str]:
    """Whole addresses of the images in the text, in order and once each; no `data:` ones."""
    found: dict[str, None] = {}
    for tag in _IMAGE.findall(html):
        source = _SOURCE.search(tag)
        address = absolute(unescape(source[1])) if source else ""
        if address.startswith(("https://", "http://")):
            found[address] = None
        if len(found) >= limit:
            break
    return list(found)
