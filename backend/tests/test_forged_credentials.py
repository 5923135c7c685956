"""Whoever shows a credential that is none gets a 401 problem: at every operation, for every forgery, never a 5xx."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from apps.accounts.models import Session, User
from conftest import ApiClient
from tests.access.matrix import doors
from tests.forgeries import ODD_TEXTS, jwt_forgeries, token_forgeries
from tests.test_schema import OPERATIONS

pytestmark = pytest.mark.django_db

REFRESH = "/api/v1/auth/token/refresh"
PROOFS = {"challenge", "code", "new_code", "refresh", "credential", "password", "current_password"}
"""Members of bodies that prove something."""
_NAMED_BY_UUID = ("me/sessions", "images/uploads")


def problem(response: Any, status: int) -> bool:
    return bool(response.status_code == status and response.headers["Content-Type"] == "application/problem+json")


def bearers(user: User) -> dict[str, bytes]:
    """Values of the Authorization header that are no good."""
    texts = {**jwt_forgeries(user, "access"), **token_forgeries(user), **ODD_TEXTS}
    values = {name: f"Bearer {text}".encode() for name, text in texts.items() if "\0" not in text}
    values |= {name: f"Bearer {text}".encode("latin-1", "replace") for name, text in ODD_TEXTS.items()}
    return values | {
        "no token": b"Bearer",
        "two tokens": b"Bearer a b",
        "bytes that are no text": b"Bearer \xff\xfe\x00\xc3\x28",
        "token of bytes": b"Bearer byline_\xff\xfe",
        "in small letters": b"bearer nonsense",
        "with a tab": b"Bearer\tbyline_abc",
    }


def addresses() -> Iterator[tuple[str, str]]:
    """Each method and address whose operation looks at the Authorization header."""
    for (method, route), door in sorted(doors().items()):
        if door.is_looking:
            name = "00000000-0000-0000-0000-000000000000" if route.startswith(_NAMED_BY_UUID) else "7"
            yield method, "/api/v1/" + re.sub(r"\{\w+\}", name, route)


@pytest.mark.parametrize(("method", "path"), list(addresses()))
def test_no_operation_takes_a_forged_bearer(method: str, path: str, reader: User) -> None:
    client = ApiClient()
    values = bearers(reader)
    if path != "/api/v1/me":  # all of them at one operation, a choice of each kind at the others
        values = {name: values[name] for name in list(values)[:: max(1, len(values) // 12)]}

    wrong = {}
    for name, value in values.items():
        response = getattr(client, method)(path, {} if method != "get" else None, HTTP_AUTHORIZATION=value)
        if not problem(response, 401) or "Bearer" not in response.headers["WWW-Authenticate"]:
            wrong[name] = (response.status_code, response.content[:200])

    assert wrong == {}


def test_other_schemes_are_no_credential(reader: User) -> None:
    for value in ("Basic cmVhZGVyOng=", "Token byline_abc", "byline_abc", "", "Bearerbyline_abc", "\0"):
        response = ApiClient().get("/api/v1/me", HTTP_AUTHORIZATION=value)
        assert problem(response, 401), value
        assert ApiClient().get("/api/v1/posts", HTTP_AUTHORIZATION=value).status_code == 200, value


@pytest.mark.parametrize("where", ["body", "cookie"])
def test_no_forgery_renews_a_session(where: str, reader: User) -> None:
    texts = {**jwt_forgeries(reader, "refresh"), **token_forgeries(reader), **ODD_TEXTS}
    live = set(Session.objects.live().values_list("pk", flat=True))

    wrong = {}
    for name, text in texts.items():
        client = ApiClient()
        if where == "cookie":
            client.cookies[str(settings.REFRESH_COOKIE["key"])] = text.encode("latin-1", "replace").decode("latin-1")
        response = client.post(REFRESH, {"refresh": text} if where == "body" else {})
        malformed = where == "body" and ("\0" in text or len(text) > 4096)
        if not problem(response, 400 if malformed else 401):
            wrong[name] = (response.status_code, response.content[:200])

    assert wrong == {}
    assert set(Session.objects.live().values_list("pk", flat=True)) == live


def test_no_forgery_signs_anybody_out_or_breaks_signing_out(reader: User) -> None:
    texts = {**jwt_forgeries(reader, "refresh"), **token_forgeries(reader), **ODD_TEXTS}
    live = Session.objects.live().count()

    for name, text in texts.items():
        response = ApiClient().post("/api/v1/auth/sign-out", {"refresh": text})
        assert response.status_code == (400 if "\0" in text or len(text) > 4096 else 204), name

    # The refresh token's own session is named by the access token of the same pair: neither says who holds it.
    assert Session.objects.live().count() == live


def proving_operations() -> Iterator[tuple[str, str]]:
    """Each operation with a body that proves something, and the member that does."""
    for name, (_, _, operation) in sorted(OPERATIONS.items()):
        for member in PROOFS & set(_example(operation)):
            if name != "register":  # whose password proves nothing yet
                yield name, member


def _example(operation: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    examples = [example["value"] for example in content.get("examples", {}).values()]
    return examples[0] if examples and isinstance(examples[0], dict) else {}


@pytest.mark.parametrize(("name", "member"), sorted(proving_operations()))
def test_no_operation_breaks_on_an_odd_proof(name: str, member: str, reader: User) -> None:
    method, path, operation = OPERATIONS[name]
    odd: dict[str, Any] = {
        **ODD_TEXTS,
        **token_forgeries(reader),
        "a challenge of nobody": "0" * 32 + "." + "A" * 32,
        "a challenge without end": "0" * 32 + "." + "A" * 10_000,
        "no number": None,
        "a number": 12345678,
        "a big number": 10**30,
        "a list": ["12345678"],
        "an object": {"id": "x", "response": {}},
        "deep": [[[[[[[[[[{}]]]]]]]]]],
    }
    is_signed_in = operation.get("security") == [{"bearer": []}]
    client = ApiClient().sign_in(reader) if is_signed_in else ApiClient()

    wrong = {}
    for kind, value in odd.items():
        response = getattr(client, method)(path, {**_example(operation), member: value})
        if not 400 <= response.status_code < 500 or response.headers["Content-Type"] != "application/problem+json":
            wrong[kind] = (response.status_code, response.content[:200])

    assert wrong == {}
