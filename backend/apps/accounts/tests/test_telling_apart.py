"""Known and unknown accounts cost the same: the same queries and as many hashes, so that neither words nor time tell.

`make bench ARGS=timing` measures the time itself.
"""

import re
from itertools import cycle
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, MD5PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD
from apps.accounts.tests.mailbox import mails_to

pytestmark = pytest.mark.django_db

TOKEN = "/api/v1/auth/token"
ASK = "/api/v1/auth/code"
RESET = "/api/v1/auth/password/reset"
REGISTER = "/api/v1/auth/register"
RESEND = "/api/v1/auth/code/resend"
PROOFS = {
    "/api/v1/auth/code/confirm": (ASK, {"code": "00000000"}),
    "/api/v1/auth/password/reset/confirm": (RESET, {"code": "00000000", "password": "another long secret"}),
    RESEND: (ASK, {}),
}
ADDRESSES = (f"203.0.113.{number}" for number in cycle(range(1, 250)))
STRANGERS = ["nobody", "nobody@example.org", "deactivated"]


def post(api: Any, path: str, body: dict[str, Any]) -> Any:
    """From an address that has not called yet, so that the first to call does not differ from the second."""
    return api().post(path, body, REMOTE_ADDR=next(ADDRESSES))


class Cost:
    """What one request did: its statements, without their values, and its hashes."""

    def __init__(self, hashes: list[str]) -> None:
        self.hashes = hashes

    def of(self, call: Any) -> tuple[list[str], int, int, Any]:
        self.hashes.clear()
        with CaptureQueriesContext(connection) as queries:
            response = call()
        statements = [re.sub(r"'[^']*'|\b\d+\b|\bNULL\b|s\d+_x\d+", "?", row["sql"]) for row in queries]
        body = {**response.json(), "request_id": "", "challenge": ""} if response.content else {}
        return statements, len(self.hashes), response.status_code, body


@pytest.fixture
def cost(monkeypatch: pytest.MonkeyPatch) -> Cost:
    hashes: list[str] = []
    for hasher in (MD5PasswordHasher, Argon2PasswordHasher):
        real = hasher.encode

        def counted(self: Any, password: str, salt: str, *more: Any, real: Any = real, **named: Any) -> str:
            hashes.append(salt)
            return str(real(self, password, salt, *more, **named))

        monkeypatch.setattr(hasher, "encode", counted)
    return Cost(hashes)


@pytest.fixture(autouse=True)
def _warm(api: Any, settings: Any) -> None:
    """What is looked up once a minute is there already, so that it counts for neither."""
    settings.EMAIL_VERIFICATION = True
    api().get("/api/v1/site")


@pytest.mark.parametrize("name", STRANGERS)
def test_wrong_password(api: Any, reader: User, deactivated: User, cost: Cost, name: str) -> None:
    known, other = (
        cost.of(lambda text=text: post(api, TOKEN, {"username": text, "password": "wrong"}))
        for text in ("reader@example.org" if "@" in name else "reader", name)
    )

    assert known[1:] == other[1:]
    assert known[0] == other[0]
    assert known[1:3] == (1, 401)


def test_right_password_of_a_deactivated_account(api: Any, reader: User, deactivated: User, cost: Cost) -> None:
    known = cost.of(lambda: post(api, TOKEN, {"username": "reader", "password": "wrong"}))
    other = cost.of(lambda: post(api, TOKEN, {"username": "deactivated", "password": PASSWORD}))

    assert known == other


@pytest.mark.parametrize("path", [ASK, RESET])
@pytest.mark.parametrize("name", STRANGERS)
def test_asking_for_a_code(api: Any, reader: User, deactivated: User, cost: Cost, path: str, name: str) -> None:
    known, other = (cost.of(lambda text=text: post(api, path, {"username": text})) for text in ("reader", name))

    assert known == other
    assert known[2] == 202


@pytest.mark.parametrize("path", PROOFS)
@pytest.mark.parametrize("name", STRANGERS)
def test_going_on_with_a_step(api: Any, reader: User, deactivated: User, cost: Cost, path: str, name: str) -> None:
    begin, body = PROOFS[path]
    tokens = [post(api, begin, {"username": text}).json()["challenge"] for text in ("reader", name)]
    assert len(mails_to(reader.email)) == 1
    known, other = (cost.of(lambda token=token: post(api, path, {"challenge": token, **body})) for token in tokens)

    assert known == other
    assert known[2] == (204 if path == RESEND else 400)


def test_signing_up(api: Any, reader: User, deactivated: User, cost: Cost) -> None:
    first, *others = (
        cost.of(
            lambda name=name: post(
                api,
                REGISTER,
                {"username": f"new_{name}", "email": f"{name}@example.org", "password": "a long enough one"},
            )
        )
        for name in ("nobody", "reader", "deactivated")
    )

    assert others == [first, first]
    assert first[1:3] == (1, 202)


def test_refusal_of_too_many_tries(api: Any, reader: User) -> None:
    for name in ("reader", "nobody"):
        for number in range(1, 10):
            api().post(ASK, {"username": name}, REMOTE_ADDR=f"192.0.2.{number + 10 * (name == 'nobody')}")
    known, other = (api().post(ASK, {"username": name}, REMOTE_ADDR="198.51.100.1") for name in ("reader", "nobody"))

    assert (known.status_code, known.json()["code"]) == (other.status_code, other.json()["code"])
    assert known.status_code == 429
