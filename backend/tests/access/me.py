"""The caller's own account."""

from conftest import Cast
from tests.access.table import SIGNED_IN, Area, Call, Rows, plain

ROWS: Rows = {
    ("get", "me", "-"): SIGNED_IN,
    ("patch", "me", "-"): SIGNED_IN,
}


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    return plain(route, method, {"bio": "Likes rain."})


AREA = Area(ROWS, call)
