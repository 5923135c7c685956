"""Documents over HTTP."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING
from urllib.parse import quote

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from prometheus_client import Counter, Histogram

from apps.common.conditional import none_match
from apps.common.former_addresses import home_of
from apps.common.throttling import WINDOW, address_block, tally
from apps.documents.addresses import Address, Kind, normal, read_address
from apps.documents.engine import EngineBusy, EngineError
from apps.documents.former import asked_by_number
from apps.documents.gone import is_gone
from apps.documents.page import NotBuilt, Page, bare, filled
from apps.documents.rendering import Rendered, Unavailable, render, render_missing

if TYPE_CHECKING:
    from django.http import HttpResponseBase

logger = structlog.get_logger(__name__)

SHARED = "public, max-age=0, s-maxage=10"
FRESH = f"{SHARED}, stale-while-revalidate=20, stale-if-error=1800"
"""Ten seconds in Nginx; while the backend is away, half an hour more. Browsers ask each time, mostly for a 304."""
_REMEMBER_CHANGES, _REMEMBER_QUERIES = 30 * 24 * 3600, 600
"""Seconds for which the time of a document's last change is kept. There is no end of queries."""

DOCUMENTS = Counter("byline_documents_total", "Documents asked of the engine, by what came of it", ["outcome"])
DOCUMENT_SECONDS = Histogram("byline_document_seconds", "Time to render a document, waiting for the engine included")


@csrf_exempt  # nothing is changed here, and what is not read is refused as such
@require_safe
def document(request: HttpRequest) -> HttpResponseBase:
    """The document at this address, whoever asks."""
    path = normal(request.path)
    if path != request.path:
        return _moved(quote(path))
    address = read_address(request)
    try:
        former = home_of(path) if address.kind is Kind.UNKNOWN else asked_by_number(request)
        if former:
            return _moved(quote(former))
        return _bare_page(noindex=True) if address.kind is Kind.APP else _rendered_page(request, address)
    except NotBuilt:
        if settings.DEBUG:
            return HttpResponse("The app is not built: run `make run`, or use Vite's address under `make dev`.")
        raise Http404 from None
    except (OperationalError, InterfaceError) as error:
        logger.warning("document unavailable", path=address.path, reason=str(error))
        return _unavailable()


def _rendered_page(request: HttpRequest, address: Address) -> HttpResponse:
    try:
        with DOCUMENT_SECONDS.time():
            _refuse_the_hasty(request, address)
            rendered = (render_missing if address.kind is Kind.UNKNOWN else render)(address, request)
    except EngineError as error:
        return _fallback(address, error)
    except Unavailable as error:
        logger.warning("document unavailable", path=address.path, reason=str(error))
        return _unavailable()
    if rendered.status >= 500:
        logger.warning("document unavailable", path=address.path, reason=f"the app says {rendered.status}")
        return _unavailable()
    DOCUMENTS.labels("rendered").inc()
    if rendered.redirect and rendered.status in {301, 302, 307, 308}:
        return _moved(rendered.redirect, for_good=rendered.status in {301, 308})
    former = home_of(request.path) if rendered.status == 404 and address.kind is Kind.DOCUMENT else ""
    if former:
        return _moved(quote(former))
    status = 410 if rendered.status == 404 and is_gone(address.path) else rendered.status
    return _answer(request, address, filled(rendered), _status(address, rendered, status))


def _refuse_the_hasty(request: HttpRequest, address: Address) -> None:
    """What a document asks the API counts for nobody; but searches cost, and are without end, so these count for their
    caller as in the API. Beyond the limit there is the bare app, which is told so by the API itself."""
    if settings.RATE_LIMITS_ENABLED and address.path == "/search" and address.query:
        quota = settings.RATE_LIMITS["anonymous"]
        who = address_block(request.META.get("REMOTE_ADDR", ""))
        if tally.add(who, window=int(time.time()) // WINDOW, quota=quota) > quota:
            raise EngineBusy("one caller searches too often")


def _status(address: Address, rendered: Rendered, status: int) -> int:
    """What is nowhere in the list of addresses is missing, whatever the app makes of it."""
    return 404 if address.kind is Kind.UNKNOWN and rendered.status < 400 else status


def _answer(request: HttpRequest, address: Address, page: Page, status: int) -> HttpResponse:
    response = HttpResponse(page.html, status=status, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = page.policy
    response.headers["Cache-Control"] = FRESH if status == 200 else SHARED
    if status != 200:
        response.headers["X-Robots-Tag"] = "noindex"
        return response
    tag = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    response.headers["ETag"] = tag
    response.headers["Last-Modified"] = http_date(_last_change(address, tag))
    if none_match(request.headers.get("If-None-Match", ""), tag):
        response.status_code = 304
        response.content = b""
        del response.headers["Content-Type"]
    return response


def _last_change(address: Address, tag: str) -> int:
    """When the document was first seen as it is now: it shows more than one thing with a time of its own."""
    key = f"document:{hashlib.blake2b(address.url.encode(), digest_size=16).hexdigest()}"
    known = cache.get(key)
    if known is not None and known[0] == tag:
        return int(known[1])
    now = int(time.time())
    cache.set(key, (tag, now), _REMEMBER_QUERIES if address.query else _REMEMBER_CHANGES)
    return now


def _bare_page(*, noindex: bool) -> HttpResponse:
    """The bare page, for what is personal. It holds nothing of anybody's."""
    page = bare(noindex=noindex)
    response = HttpResponse(page.html, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = page.policy
    response.headers["Cache-Control"] = FRESH
    if noindex:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _fallback(address: Address, error: EngineError) -> HttpResponse:
    """The bare page instead of a document: the app shows it from the API, and the next one asks again."""
    DOCUMENTS.labels("bare").inc()
    tell = logger.warning if isinstance(error, EngineBusy) else logger.error
    tell("document not rendered", path=address.path, reason=str(error))
    unknown = address.kind is Kind.UNKNOWN
    response = _bare_page(noindex=unknown)
    response.headers["Cache-Control"] = "no-store"
    response.status_code = 404 if unknown else 200
    return response


def _unavailable() -> HttpResponse:
    """Nginx answers with what it kept, if it has kept something."""
    DOCUMENTS.labels("unavailable").inc()
    text = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Back in a moment</title><p>Back in a moment</p>'
    headers = {"Retry-After": "5", "Cache-Control": "no-store"}
    return HttpResponse(text, status=503, content_type="text/html; charset=utf-8", headers=headers)


def _moved(target: str, *, for_good: bool = True) -> HttpResponse:
    """To another address of this very publication, never elsewhere."""
    redirect = HttpResponsePermanentRedirect if for_good else HttpResponseRedirect
    response = redirect("/" + target.lstrip("/\\"))
    response.headers["Cache-Control"] = SHARED
    return response
