"""People, as others see them."""

from conftest import Cast
from tests.access.table import READ, Area, Call, Rows, plain

ROWS: Rows = {
    ("get", "users", "-"): READ,
    ("get", "users/{username}", "-"): READ,
}


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    return plain(route.format(username="author"), method)


AREA = Area(ROWS, call)
