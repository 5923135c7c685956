"""What happens to every request before anything else: an id, a log line, the caller's real address."""

import ipaddress
import re
import time
import uuid
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import structlog
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse

logger = structlog.get_logger("byline.requests")

GetResponse = Callable[[HttpRequest], HttpResponse]
_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,128}$")
API_PREFIX = "/api/v1/"
_QUIET_PATHS = ("/livez", "/readyz", "/metrics", "/static/", "/assets/")


class RequestContextMiddleware:
    """Gives every request an id, binds it to all log lines, echoes it, and logs the request once it is answered."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _REQUEST_ID.match(given) else uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        if not request.path.startswith(_QUIET_PATHS):
            logger.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
        return response


class TrustedProxyMiddleware:
    """Sets REMOTE_ADDR and the scheme from X-Forwarded-*, believing only the proxies named in TRUSTED_PROXIES.

    The address is the last one in X-Forwarded-For that no trusted proxy has; what stands left of it was written
    by the caller and is ignored.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.networks = [ipaddress.ip_network(item, strict=False) for item in settings.TRUSTED_PROXIES]
        self._is_trusted = lru_cache(maxsize=1024)(self._is_trusted_address)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.networks and self._is_trusted(request.META.get("REMOTE_ADDR", "")):
            chain = [item.strip() for item in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
            for address in reversed(chain):
                if not _is_address(address):
                    break
                request.META["REMOTE_ADDR"] = address
                if not self._is_trusted(address):
                    break
            if request.META.get("HTTP_X_FORWARDED_PROTO") == "https":
                request.META["wsgi.url_scheme"] = "https"
                setattr(request, "_get_scheme", lambda: "https")  # noqa: B010 - WSGIRequest reads it
        return self.get_response(request)

    def _is_trusted_address(self, address: str) -> bool:
        if not _is_address(address):
            return False
        ip = ipaddress.ip_address(address)
        return any(ip in network for network in self.networks)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


class PagePolicyMiddleware(CSPMiddleware):
    """What pages may load and use. The answers of the API need neither: django-csp would compose its policy for each of
    them, only to leave it out."""

    def __call__(self, request: HttpRequest) -> Any:
        if request.path.startswith(API_PREFIX):
            return self.get_response(request)
        response: Any = super().__call__(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response
