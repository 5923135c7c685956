"""The hosts that a comment links to."""

import html
import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

_HREF = re.compile(r'<a\s[^>]*?href="([^"]*)"')
"""In HTML of our own making, whose attributes are quoted."""
_BETWEEN_NAMES = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 253


def normal_host(host: str) -> str:
    """As names of hosts are compared: in lower case and ASCII. What is no such name comes back in lower case."""
    plain = host.strip().strip(".").lower()
    if plain.isascii():
        return plain
    try:
        return plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain


def linked_hosts(rendered: str) -> set[str]:
    """The hosts of all links to other places in a rendered comment."""
    return {normal_host(host) for host in _hosts(rendered) if host}


def named_hosts(text: str) -> set[str]:
    """What looks like the name of a host in a text, linked or not."""
    words = (word.strip(".-") for word in _BETWEEN_NAMES.split(text))
    return {normal_host(word) for word in words if "." in word and len(word) <= _LONGEST_NAME}


def _hosts(rendered: str) -> Iterator[str | None]:
    for address in _HREF.findall(rendered):
        try:
            yield urlsplit(html.unescape(address)).hostname
        except ValueError:  # brackets that are no IPv6 address
            continue


def is_among(host: str, listed: Collection[str]) -> bool:
    """Whether the host, or one that it is below, is on the list."""
    labels = host.split(".")
    return any(".".join(labels[at:]) in listed for at in range(len(labels)))
