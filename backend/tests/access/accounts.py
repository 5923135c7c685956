"""Signing up, in and out."""

from typing import Any

from apps.accounts.tests.factories import PASSWORD
from conftest import Cast
from tests.access.table import Area, Call, Rows, cells, plain

ROWS: Rows = {
    ("post", "auth/register", "-"): cells(403, anonymous=201),
    ("post", "auth/token", "-"): cells(200, anonymous=401),  # with the role's own password
    ("post", "auth/token/refresh", "-"): cells(401),  # nobody here has a refresh token
    ("post", "auth/sign-out", "-"): cells(204, deactivated=204),
}


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    bodies: dict[str, dict[str, Any]] = {
        "auth/register": {"username": f"new_{role}", "email": f"{role}@new.example", "password": "k3ttle-drum"},
        "auth/token": {"username": role, "password": PASSWORD, "cookie": False},
    }
    return plain(route, method, bodies.get(route, {}))


AREA = Area(ROWS, call)
