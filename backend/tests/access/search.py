"""Searching: everybody finds the same, which is what is public."""

from conftest import Cast
from tests.access.table import READ, Area, Call, Rows

ROWS: Rows = {("get", "search", "-"): READ}


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    return Call("/api/v1/search?q=maps")


AREA = Area(ROWS, call)
