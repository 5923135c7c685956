"""The API's own answers, without a network: what a stranger would get, for the document that everybody gets."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urlsplit

import structlog
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.urls import Resolver404, resolve

from apps.common.middleware import API_PREFIX
from apps.common.throttling import spare

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

logger = structlog.get_logger(__name__)

LONGEST_ADDRESS = 4000
_HOPS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What the API said."""

    status: int
    body: str
    moved_to: str = ""
    """Where it was found, if not where it was looked for: a path."""


def ask(address: str, *, on_behalf_of: HttpRequest) -> Answer:
    """GET an address of the API as an anonymous caller; moves are followed, as a browser would.

    Of the request that needs the answer only its id is passed on: no cookie, no token, no header of its caller.
    """
    moved_to = ""
    for _ in range(_HOPS):
        try:
            response = _call(address, getattr(on_behalf_of, "request_id", ""))
        except Exception:
            # Ours to mend, and no fault of what renders.
            logger.exception("the API failed a document", path=urlsplit(address).path)
            return Answer(500, "{}")
        if response is None:
            break
        target = response.headers.get("Location", "") if response.status_code in {301, 302, 307, 308} else ""
        if not target:
            return Answer(response.status_code, response.content.decode(), moved_to)
        address = moved_to = target
    return Answer(404, "{}")


def _call(address: str, request_id: str) -> HttpResponse | None:
    """The view's answer; nothing for an address that is not the API's."""
    parts = urlsplit(address)
    if parts.netloc or not parts.path.startswith(API_PREFIX) or len(address) > LONGEST_ADDRESS:
        return None
    request = _anonymous_request(parts.path, parts.query)
    request.request_id = request_id  # type: ignore[attr-defined]
    spare(request)
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    request.resolver_match = match
    response = match.func(request, *match.args, **match.kwargs)
    if hasattr(response, "render") and not response.is_rendered:
        response.render()
    return response  # type: ignore[no-any-return]


def _anonymous_request(path: str, query: str) -> WSGIRequest:
    """A request that nobody made. Absolute addresses in the answer are those of the publication."""
    site = urlsplit(settings.PUBLIC_URL)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": site.hostname or "localhost",
            "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
            "HTTP_HOST": site.netloc,
            "HTTP_ACCEPT": "application/json",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": BytesIO(),
        }
    )
    request.user = AnonymousUser()
    return request
