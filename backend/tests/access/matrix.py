"""The whole matrix: the rows of all areas, and what stands at every method and route of the API."""

import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from apps.accounts.token_authentication import ApiTokenAuthentication
from tests import access
from tests.access.credentials import CREDENTIALS, Door
from tests.access.table import ROLES, Area

_MACHINERY = {"credentials", "document", "matrix", "table", "write_document"}


def _areas() -> Iterator[tuple[str, Area]]:
    for found in pkgutil.iter_modules(access.__path__, f"{access.__name__}."):
        name = found.name.rpartition(".")[2]
        if name.startswith("test_") or name in _MACHINERY:
            continue
        module = import_module(found.name)
        area = getattr(module, "AREA", None)
        if area is not None:
            yield (module.__doc__ or "").strip().splitlines()[0], area


TITLED_AREAS = list(_areas())
"""Areas with the first line of what their modules say of themselves."""
AREAS = [area for _, area in TITLED_AREAS]
MATRIX = {row: cells for area in AREAS for row, cells in area.rows.items()}
AREA_OF = {row: area for area in AREAS for row in area.rows}
TOKEN_CELLS = MATRIX | {row: cells for area in AREAS for row, cells in area.token_rows.items()}
CELL_COUNT = len(MATRIX) * (1 + (len(ROLES) - 1) * len(CREDENTIALS))
"""Cells that are tried: the anonymous one, and every other role with each kind of credential."""


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
