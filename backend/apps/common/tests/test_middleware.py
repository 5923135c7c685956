"""The caller's real address, health, and metrics that no stranger reads."""

from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from apps.common.middleware import TrustedProxyMiddleware


def seen_through(proxies: list[str], address: str, settings: object, **headers: str) -> HttpRequest:
    """The request as views see it, coming from that address."""
    settings.TRUSTED_PROXIES = proxies  # type: ignore[attr-defined]
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=address)
    TrustedProxyMiddleware(lambda _: HttpResponse())(request)
    return request


def test_stranger_cannot_choose_an_address(settings: object) -> None:
    headers = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https"}
    request = seen_through(["10.0.0.0/8"], "203.0.113.5", settings, **headers)
    assert request.META["REMOTE_ADDR"] == "203.0.113.5"
    assert request.scheme == "http"


@pytest.mark.parametrize(
    ("chain", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("6.6.6.6, 192.0.2.1", "192.0.2.1"),
        ("192.0.2.1, 10.0.0.7", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("nonsense", "10.0.0.1"),
        ("", "10.0.0.1"),
    ],
)
def test_trusted_proxy_tells_the_last_address_that_is_not_its_own(chain: str, address: str, settings: object) -> None:
    headers = {"X-Forwarded-For": chain, "X-Forwarded-Proto": "https"}
    request = seen_through(["10.0.0.0/8"], "10.0.0.1", settings, **headers)
    assert request.META["REMOTE_ADDR"] == address
    assert request.scheme == "https"


@pytest.mark.django_db
def test_health_says_what_is_there() -> None:
    assert Client().get("/livez").json() == {"status": "ok"}
    assert Client().get("/readyz").json() == {"status": "ok", "database": "ok", "cache": "ok"}


@pytest.mark.django_db
def test_process_without_a_database_is_alive_but_not_ready() -> None:
    with mock.patch("apps.common.health.connection.cursor", side_effect=OperationalError):
        assert Client().get("/livez").status_code == 200
        response = Client().get("/readyz")
    assert (response.status_code, response.json()["database"]) == (503, "away")


@pytest.mark.django_db
def test_lost_cache_is_told_but_the_process_is_ready() -> None:
    with mock.patch("apps.common.health.cache.get", return_value=None):
        response = Client().get("/readyz")
    assert (response.status_code, response.json()["cache"]) == (200, "away")


@pytest.mark.django_db
def test_metrics_are_for_private_addresses() -> None:
    assert Client().get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 200
    assert Client().get("/metrics", REMOTE_ADDR="8.8.8.8").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sign-in", "/nothing-here", "/admin/login/", "/feed.rss"])
def test_pages_may_not_use_what_no_page_of_ours_needs(path: str) -> None:
    headers = Client().get(path).headers
    nginx = Path(settings.PROJECT_DIR) / "nginx" / "templates" / "snippets" / "headers.conf.template"
    assert f'Permissions-Policy "{headers["Permissions-Policy"]}" always;' in nginx.read_text()
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
