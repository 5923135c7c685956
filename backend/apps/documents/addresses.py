"""Which addresses there are, and what of a query they know."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from apps.common.addresses import LONGEST_ADDRESS

if TYPE_CHECKING:
    from django.http import HttpRequest

LONGEST_VALUE = 500
_ONE = r"[^/]+"
_PAGE = ("cursor",)
_SHORT_MONTH = re.compile(r"\A(/archive/[0-9]{4})/([1-9])\Z")


class Kind(Enum):
    """How an address is answered."""

    DOCUMENT = "document"
    """Rendered: the same for everybody, and for machines."""
    APP = "app"
    """The app's bare page: what is personal, and what only people do."""
    UNKNOWN = "unknown"
    """Nothing is here; the page that says so is rendered as well."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address as the renderer gets it: normal, with nothing in its query that it does not know."""

    kind: Kind
    path: str
    query: str = ""
    resource: str = ""
    """The part of the API that the last part of the path names something in: `posts` of `/posts/a-slug`."""

    @property
    def url(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def first_page(self) -> str:
        """Where the list begins that this is a page of; the address itself, if it is no page further back."""
        query = urlencode([(name, value) for name, value in parse_qsl(self.query) if name != "cursor"])
        return f"{self.path}?{query}" if query else self.path


@dataclass(frozen=True, slots=True)
class _Route:
    pattern: re.Pattern[str]
    parameters: tuple[str, ...] = ()
    resource: str = ""


def _route(pattern: str, *parameters: str, resource: str = "") -> _Route:
    return _Route(re.compile(rf"{pattern}\Z"), parameters, resource)


_DOCUMENTS = [
    _route(rf"/posts/{_ONE}", resource="posts"),
    _route(r"/", "category", "tag", *_PAGE),
    _route(rf"/tags/{_ONE}", *_PAGE, resource="tags"),
    _route(rf"/categories/{_ONE}", *_PAGE, resource="categories"),
    _route(rf"/authors/{_ONE}", *_PAGE, resource="users"),
    _route(rf"/series/{_ONE}", *_PAGE, resource="series"),
    _route(rf"/pages/{_ONE}", resource="pages"),
    _route(r"/archive(?:/[0-9]{4}(?:/[0-9]{1,2})?)?", *_PAGE),
    _route(r"/search", "q", "type", *_PAGE),
]
_APP = [
    _route(r"/(?:preview|sign-in|sign-up|forgot|appeal|unsubscribe|following|reading-list|moderation|notifications)"),
    _route(r"/account(?:/[a-z-]+)?"),
    _route(rf"/write(?:/new|/posts/{_ONE})?"),
    _route(r"/index\.html"),
]


def normal(path: str) -> str:
    """The one path, of those that look like it, at which something can be: no slash at its end, letters composed (NFC)
    as slugs are, and months in two digits."""
    return _SHORT_MONTH.sub(r"\1/0\2", unicodedata.normalize("NFC", path).rstrip("/")) or "/"


def read_address(request: HttpRequest) -> Address:
    """The address that was asked for."""
    path = quote(request.path, safe="/-_.~@")
    if len(path) <= LONGEST_ADDRESS:
        for route in _DOCUMENTS:
            if route.pattern.match(request.path):
                return Address(Kind.DOCUMENT, path, _known(request, route.parameters), route.resource)
        if any(route.pattern.match(request.path) for route in _APP):
            return Address(Kind.APP, path)
    return Address(Kind.UNKNOWN, "/not-found")


def _known(request: HttpRequest, parameters: tuple[str, ...]) -> str:
    """The query in one order and spelling, so that there is one copy of a document for what is one document."""
    given = ((name, request.GET.get(name, "").strip()[:LONGEST_VALUE]) for name in parameters)
    return urlencode([(name, value) for name, value in given if value])
