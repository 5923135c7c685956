"""How documents for programs are answered: conditional, for anybody, and kept for a moment on the way."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

MINUTE = 60
HOUR = 60 * MINUTE


def tag_of(*facts: object) -> str:
    """An entity tag: it changes whenever one of these facts does. Weak, since it is not made of the bytes."""
    return f'W/"{hashlib.blake2b(repr(facts).encode(), digest_size=12).hexdigest()}"'


def answer(
    request: HttpRequest,
    render: Callable[[], bytes],
    *,
    content_type: str,
    tag: str,
    modified: datetime | None = None,
    max_age: int = MINUTE,
    shared_max_age: int = 10,
    links: tuple[str, ...] = (),
) -> HttpResponse:
    """The document, or 304 without making it. `max_age`, `shared_max_age`: seconds for which readers and proxies may
    keep it. `links`: values of the Link header."""
    # In the future by a second or so where a clock is off: no reader could use such a time.
    since = int(min(modified, datetime.now(UTC)).timestamp()) if modified else None
    not_modified = get_conditional_response(request, etag=tag, last_modified=since)
    response = not_modified if isinstance(not_modified, HttpResponseNotModified) else HttpResponse(render())
    if response.status_code == 200:
        response.headers["Content-Type"] = f"{content_type}; charset=utf-8"
    response.headers["ETag"] = tag
    if since is not None:
        response.headers["Last-Modified"] = http_date(since)
    response.headers["Cache-Control"] = f"public, max-age={max_age}, s-maxage={shared_max_age}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    if links:
        response.headers["Link"] = ", ".join(links)
    return response
