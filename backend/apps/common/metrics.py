"""Prometheus metrics of requests, by view and status; served at /metrics to private addresses only."""

import ipaddress
import time
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Gauge, Histogram, generate_latest

from apps.common import outbox

GetResponse = Callable[[HttpRequest], HttpResponse]

REQUESTS = Counter("byline_requests_total", "Answered requests", ["route", "method", "status"])
LATENCY = Histogram(
    "byline_request_seconds",
    "Time to answer",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
OUTBOX = Gauge("byline_outbox_messages", "Outbox messages by state", ["state"])


class MetricsMiddleware:
    """Counts and times requests by route pattern, so that no slug becomes a label."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.METRICS_ENABLED:
            return self.get_response(request)
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = match.route if match else "unmatched"
        REQUESTS.labels(route, request.method, response.status_code).inc()
        LATENCY.labels(route).observe(time.perf_counter() - started)
        return response


def metrics(request: HttpRequest) -> HttpResponse:
    """What Prometheus scrapes. 404 for anybody outside private networks, and Nginx does not pass it on at all."""
    address = ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104
    if not settings.METRICS_ENABLED or not (address.is_private or address.is_loopback):
        raise Http404
    for state, count in outbox.backlog().items():
        OUTBOX.labels(state).set(count)
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
