"""Credentials are in no log line, whatever goes wrong and however talkative the logs are."""

import io
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.accounts.sessions import start_session
from apps.accounts.tests.factories import PASSWORD
from apps.posts import services
from config.redaction import REMOVED, redact, redact_report, redact_text
from config.settings.logs import logging_config
from conftest import ApiClient

API = "/api/v1"


@pytest.fixture
def log(settings: Any) -> Iterator[io.StringIO]:
    """Everything that all loggers write at DEBUG, in production's format."""
    stream = io.StringIO()
    logging.config.dictConfig(logging_config(json=True, level="DEBUG"))
    [handler] = logging.getLogger().handlers[:1]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    yield stream
    logging.config.dictConfig(settings.LOGGING)


@pytest.mark.django_db
def test_no_log_line_holds_a_credential(log: io.StringIO, reader: User, author: User, monkeypatch: Any) -> None:
    secrets = [PASSWORD]
    client = ApiClient(raise_request_exception=False)

    body = {"username": "reader", "password": PASSWORD, "cookie": False}
    tokens = client.post(f"{API}/auth/token", body).json()
    client.post(f"{API}/auth/token", {**body, "password": PASSWORD + "!"})
    renewed = client.post(f"{API}/auth/token/refresh", {"refresh": tokens["refresh"]}).json()
    secrets += [tokens["access"], tokens["refresh"], renewed["access"], renewed["refresh"]]
    for _ in range(2):  # the second time long after its successor was used: a replay
        client.post(f"{API}/auth/token/refresh", {"refresh": tokens["refresh"] + "x"})
    _, pair = start_session(user=author)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {pair.access}")
    token = client.post(f"{API}/me/tokens", {"name": "Mine", "scopes": ["posts:write"]}).json()["token"]
    secrets += [pair.access, pair.refresh, token]

    challenge = client.post(f"{API}/auth/code", {"username": "reader"}).json()["challenge"]
    client.post(f"{API}/auth/code/confirm", {"challenge": challenge, "code": "12345678"})
    secrets.append(challenge)

    for where in ("token", "access_token", "code", "refresh", "anything"):
        assert client.get(f"{API}/posts", {where: token}).status_code == 400
    client.get(f"{API}/nowhere/", {"token": token}, headers={"Referer": f"http://testserver/?token={token}"})

    def fail(**kwargs: Any) -> None:
        raise RuntimeError(f"cannot write for {client._credentials!r} at /?token={token}")  # type: ignore[attr-defined]

    monkeypatch.setattr(services, "create_post", fail)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    assert client.post(f"{API}/posts", {"title": token}).status_code == 500

    browser = Client()
    browser.login(username="author", password=PASSWORD)
    browser.get(f"{API}/posts", {"token": token})
    secrets.append(browser.cookies["sessionid"].value)

    lines = log.getvalue()
    assert "cannot write for" in lines
    assert f"{API}/posts" in lines
    assert [secret for secret in secrets if secret in lines] == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("GET /api/v1/posts?limit=5&token=abc&order=newest", f"GET /api/v1/posts?limit=5&token={REMOVED}&order=newest"),
        ("Authorization: Bearer abc.def", f"Authorization: Bearer {REMOVED}"),
        ("key byline_0Zb4vTq1m9sYw3uJcN6eRk8aHf2dLx5gPoIiUyEtWqA.", f"key {REMOVED}."),
        ("got eyJhbGciOiJIUzI1NiJ9.e30.sig-na_ture!", f"got {REMOVED}!"),
        ("sessionid=abc; theme=dark", f"sessionid={REMOVED}; theme=dark"),
        ("byline_refresh=abc; theme=dark", f"byline_refresh={REMOVED}; theme=dark"),
        ("__Secure-byline_refresh=abc; theme=dark", f"__Secure-byline_refresh={REMOVED}; theme=dark"),
        ("__Host-sessionid=abc; theme=dark", f"__Host-sessionid={REMOVED}; theme=dark"),
        ("{'password': 'it is', 'name': 'Mina'}", f"{{'password': \"{REMOVED}\", 'name': 'Mina'}}"),
        ('{"code": "12345678"}', f'{{"code": "{REMOVED}"}}'),
        ("/api/v1/posts/byline_and_other_names", "/api/v1/posts/byline_and_other_names"),
        ("a token of good will", "a token of good will"),
    ],
)
def test_texts_are_redacted_and_others_left_alone(text: str, written: str) -> None:
    assert redact_text(text) == written


def test_reports_of_errors_are_redacted_however_deep() -> None:
    report = {
        "request": {"headers": {"Authorization": "Bearer x", "Accept": "*/*"}, "query_string": "token=abc&limit=5"},
        "breadcrumbs": [{"message": "GET /?code=123"}],
        "extra": {"status": 500, "code": "internal_error", "refresh": ["a", "b"]},
    }

    assert redact_report(report, {}) == {
        "request": {"headers": {"Authorization": REMOVED, "Accept": "*/*"}, "query_string": f"token={REMOVED}&limit=5"},
        "breadcrumbs": [{"message": f"GET /?code={REMOVED}"}],
        "extra": {"status": 500, "code": REMOVED, "refresh": REMOVED},
    }
    assert redact(None) is None
