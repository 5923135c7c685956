"""Addresses of this publication: URIs by RFC 3986, whatever script a slug is in. None is made anywhere else."""

from urllib.parse import quote

from django.conf import settings

LONGEST_ADDRESS = 2000
"""Characters. A slug of 120 letters takes 1,440 where each is four bytes of UTF-8."""


def path_of(*parts: str) -> str:
    """The path that these parts lead along: `/posts/caf%C3%A9` for `posts` and `café`."""
    return "".join(f"/{quote(part, safe='')}" for part in parts)


def address_of(*parts: str) -> str:
    """The same with the publication's origin: what everybody gets."""
    return f"{settings.PUBLIC_URL}{path_of(*parts)}"
