"""Every cell of the access matrix, and that the matrix has no holes."""

from typing import Any

import pytest
from django.db import transaction

from apps.accounts.scopes import Scope
from apps.common.scopes import ANY_SCOPE
from conftest import ApiClient, Cast
from tests.access.credentials import CREDENTIALS, client_with, is_scope_refusal
from tests.access.matrix import AREA_OF, AREAS, CELL_COUNT, MATRIX, TOKEN_CELLS, doors
from tests.access.posts import STATES
from tests.access.table import ROLES, Call, Row

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("method", "route", "state"), sorted(MATRIX))
def test_every_cell_is_as_the_table_says(method: str, route: str, state: str, cast: Cast) -> None:
    row: Row = (method, route, state)
    door = doors()[method, route]
    wrong, tried = {}, 0
    for role, user in cast.items():
        # Each role finds the same scene: what one of them changed is rolled back before the next calls.
        with transaction.atomic():
            call = AREA_OF[row].call(*row, role, cast)
            for kind in CREDENTIALS if user else ("none",):
                response = _try(call, method, client_with(kind, user, door))
                tried += 1
                expected = door.expects(kind, role, MATRIX[row], TOKEN_CELLS[row])
                by_scope = door.is_looking and "token" in kind and role != "deactivated" and not door.lets_in(kind)
                if response.status_code != expected or is_scope_refusal(response) != by_scope:
                    wrong[role, kind] = (response.status_code, expected, response.content[:200])
            transaction.set_rollback(True)
    assert not wrong, f"(role, credential): (answered, expected, body): {wrong}"
    assert tried == CELL_COUNT // len(MATRIX)


def _try(call: Call, method: str, client: ApiClient) -> Any:
    """The answer to the call; the scene is as it was afterwards."""
    headers = {"If-Match": "*"} if call.if_match else {}
    with transaction.atomic():
        send = getattr(client, method)
        response = send(call.path, call.body, headers=headers | call.headers, format=call.format)
        transaction.set_rollback(True)
    return response


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
