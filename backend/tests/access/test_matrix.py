"""Every cell of the access matrix, and that the matrix has no holes."""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from conftest import ApiFor, Cast
from tests import access
from tests.access.posts import STATES
from tests.access.table import Area, Row

pytestmark = pytest.mark.django_db


def _areas() -> Iterator[Area]:
    for module in pkgutil.iter_modules(access.__path__, f"{access.__name__}."):
        area = getattr(import_module(module.name), "AREA", None)
        if area is not None:
            yield area


AREAS = list(_areas())
MATRIX = {row: cells for area in AREAS for row, cells in area.rows.items()}
AREA_OF = {row: area for area in AREAS for row in area.rows}


@pytest.mark.parametrize(("method", "route", "state"), sorted(MATRIX))
def test_every_role_gets_what_the_table_says(method: str, route: str, state: str, cast: Cast, api: ApiFor) -> None:
    row: Row = (method, route, state)
    wrong = {}
    for role, user in cast.items():
        # Each role finds the same state: what one of them changed is rolled back before the next.
        with transaction.atomic():
            call = AREA_OF[row].call(*row, role, cast)
            headers = {"If-Match": "*"} if call.if_match else {}
            send = getattr(api(user), method)
            response = send(call.path, call.body, headers=headers | call.headers, format=call.format)
            if response.status_code != MATRIX[row][role]:
                wrong[role] = (response.status_code, MATRIX[row][role], response.content[:200])
            transaction.set_rollback(True)
    assert not wrong, f"role: (answered, expected, body): {wrong}"


def _routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, str]]:
    """(method, route) of everything below the prefix, routes written as in the table."""
    for pattern in patterns:
        text = prefix + str(pattern.pattern)
        if not text.startswith("api/") or text == "api/docs":
            continue  # the admin and the pages for people have tests of their own
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, text)
            continue
        route = re.sub(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>", lambda m: "{" + (m[1] or m[2]) + "}", text)
        view: Any = pattern.callback
        actions = getattr(view, "actions", None) or {
            name: name for name in ("get", "post", "put", "patch", "delete") if hasattr(view.cls, name)
        }
        for method in set(actions) - {"head"}:
            yield method, route.replace("^", "").replace("$", "")


def test_the_table_names_every_route_and_method() -> None:
    found = {
        (method, route.removeprefix("api/v1/"))
        for method, route in _routes(get_resolver().url_patterns)
        if route.startswith("api/v1/")
    }
    assert found == {(method, route) for method, route, _ in MATRIX}


def test_no_row_is_written_twice() -> None:
    assert sum(len(area.rows) for area in AREAS) == len(MATRIX)


def test_every_post_route_names_every_state() -> None:
    post_rows = {(method, route) for method, route, _ in MATRIX if route.startswith("posts/")}
    for method, route in post_rows:
        states = {state for m, r, state in MATRIX if (m, r) == (method, route)}
        assert states == set(STATES), (method, route)
