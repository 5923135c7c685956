"""Every cell of the access matrix, and that the matrix has no holes."""

import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from apps.accounts.scopes import Scope
from apps.accounts.token_authentication import ApiTokenAuthentication
from apps.common.scopes import ANY_SCOPE
from conftest import ApiClient, Cast
from tests import access
from tests.access.credentials import CREDENTIALS, Door, client_with, is_scope_refusal
from tests.access.posts import STATES
from tests.access.table import ROLES, Area, Call, Row

pytestmark = pytest.mark.django_db


def _areas() -> Iterator[Area]:
    for module in pkgutil.iter_modules(access.__path__, f"{access.__name__}."):
        area = getattr(import_module(module.name), "AREA", None)
        if area is not None:
            yield area


AREAS = list(_areas())
MATRIX = {row: cells for area in AREAS for row, cells in area.rows.items()}
AREA_OF = {row: area for area in AREAS for row in area.rows}
TOKEN_CELLS = MATRIX | {row: cells for area in AREAS for row, cells in area.token_rows.items()}


@pytest.mark.parametrize(("method", "route", "state"), sorted(MATRIX))
def test_every_cell_is_as_the_table_says(method: str, route: str, state: str, cast: Cast) -> None:
    row: Row = (method, route, state)
    door = doors()[method, route]
    wrong = {}
    for role, user in cast.items():
        # Each role finds the same scene: what one of them changed is rolled back before the next calls.
        with transaction.atomic():
            call = AREA_OF[row].call(*row, role, cast)
            for kind in CREDENTIALS if user else ("none",):
                response = _try(call, method, client_with(kind, user, door))
                expected = door.expects(kind, role, MATRIX[row], TOKEN_CELLS[row])
                by_scope = door.is_looking and "token" in kind and role != "deactivated" and not door.lets_in(kind)
                if response.status_code != expected or is_scope_refusal(response) != by_scope:
                    wrong[role, kind] = (response.status_code, expected, response.content[:200])
            transaction.set_rollback(True)
    assert not wrong, f"(role, credential): (answered, expected, body): {wrong}"


def _try(call: Call, method: str, client: ApiClient) -> Any:
    """The answer to the call; the scene is as it was afterwards."""
    headers = {"If-Match": "*"} if call.if_match else {}
    with transaction.atomic():
        send = getattr(client, method)
        response = send(call.path, call.body, headers=headers | call.headers, format=call.format)
        transaction.set_rollback(True)
    return response


def _routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, str, Door]]:
    """Method, route and door of everything below the prefix, routes written as in the table."""
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
            needed = view.cls.scopes.get(actions[method], ())
            scopes = (needed,) if isinstance(needed, str) else needed
            door = Door(scopes, is_looking=ApiTokenAuthentication in view.cls.authentication_classes)
            yield method, route.replace("^", "").replace("$", ""), door


@cache
def doors() -> dict[tuple[str, str], Door]:
    """What stands at each method and route of the API."""
    found = list(_routes(get_resolver().url_patterns))
    return {
        (method, route.removeprefix("api/v1/")): door for method, route, door in found if route.startswith("api/v1/")
    }


def test_the_table_names_every_route_and_method() -> None:
    assert set(doors()) == {(method, route) for method, route, _ in MATRIX}


def test_no_row_leaves_out_a_role() -> None:
    assert {row for row, cells in MATRIX.items() if set(cells) != set(ROLES)} == set()


def test_every_named_scope_is_one() -> None:
    named = {scope for door in doors().values() for scope in door.scopes}
    assert named == {*Scope, ANY_SCOPE}


def test_no_row_is_written_twice() -> None:
    assert sum(len(area.rows) for area in AREAS) == len(MATRIX)
    assert set(TOKEN_CELLS) == set(MATRIX)


def test_every_post_route_names_every_state() -> None:
    post_rows = {(method, route) for method, route, _ in MATRIX if route.startswith("posts/")}
    for method, route in post_rows:
        states = {state for m, r, state in MATRIX if (m, r) == (method, route)}
        assert states >= set(STATES), (method, route)
