"""The tables in docs/permissions.md, made from the code and the matrix, so that they say what is tested."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import yaml

from apps.accounts.roles import ROLE_PERMISSIONS, Role
from apps.accounts.scopes import DESCRIPTIONS, SCOPE_PERMISSIONS
from apps.common.scopes import ANY_SCOPE
from tests.access.matrix import CELL_COUNT, MATRIX, TITLED_AREAS, doors
from tests.access.table import ROLES, Cells, Rows

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "permissions.md"
SCHEMA = Path(__file__).resolve().parents[2] / "openapi.yaml"
SHOWN_ROLES = [role for role in ROLES if role != "deactivated"]
WORDS = {401: "sign in", 403: "no", 404: "hidden", 422: "not now"}
_MARKED = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


def roles() -> str:
    """Django permissions by role; those that the same roles have share a row."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for name in dict.fromkeys(name for names in ROLE_PERMISSIONS.values() for name in names):
        cells = tuple("yes" if name in ROLE_PERMISSIONS[role] else "" for role in Role)
        rows.setdefault(cells, []).append(f"`{name}`")
    head = ["permission", *(role.value for role in Role)]
    return table(head, ([", ".join(names), *cells] for cells, names in rows.items()))


def scopes() -> str:
    """What scopes open, and which permissions of the owner they leave in force."""
    rows = (
        [f"`{scope}`", DESCRIPTIONS[scope], ", ".join(f"`{name}`" for name in sorted(permissions)) or "none"]
        for scope, permissions in SCOPE_PERMISSIONS.items()
    )
    return table(["scope", "what a program can do with it", "permissions of the owner that stay in force"], rows)


def operations() -> str:
    """Every operation: who, in which state of what, and with which scope; one table for each area."""
    parts = []
    for title, area in TITLED_AREAS:
        head = ["operation", "state", *SHOWN_ROLES, "token needs"]
        parts.append(f"### {title.rstrip('.')}\n\n{table(head, _rows_of(area.rows))}")
    return "\n".join(parts)


def size() -> str:
    """How many cells there are."""
    return f"{len(MATRIX)} rows, {CELL_COUNT:,} cells.\n"


def filled_in(text: str) -> str:
    """The document with its marked parts as they should be."""
    makers = {"roles": roles, "scopes": scopes, "operations": operations, "size": size}
    return _MARKED.sub(lambda found: f"{found[1]}\n{makers[found[2]]()}\n{found[3]}", text)


def _rows_of(rows: Rows) -> Iterator[list[str]]:
    """States with the same cells share a row."""
    merged: dict[tuple[str, str, str], list[str]] = {}
    for (method, route, state), cells in rows.items():
        merged.setdefault((method, route, "|".join(_words(cells))), []).append(state)
    for (method, route, words), states in merged.items():
        shown = "" if states == ["-"] else "; ".join(states)
        operation = f"{_summary(method, route)}<br>`{method.upper()} {route}`"
        yield [operation, shown, *words.split("|"), _needs(method, route)]


def _words(cells: Cells) -> list[str]:
    return ["yes" if cells[role] < 300 else WORDS.get(cells[role], str(cells[role])) for role in SHOWN_ROLES]


def _needs(method: str, route: str) -> str:
    door = doors()[method, route]
    if not door.is_looking:
        return "(not looked at)"
    if ANY_SCOPE in door.scopes:
        return "any scope"
    return " or ".join(f"`{scope}`" for scope in door.scopes) or "never"


def _summary(method: str, route: str) -> str:
    return _SUMMARIES.get((method, re.sub(r"\{\w+\}", "{}", route)), "(not in the schema)")


def _read_summaries() -> dict[tuple[str, str], str]:
    document = yaml.safe_load(SCHEMA.read_text(encoding="utf-8"))
    return {
        (method, re.sub(r"\{\w+\}", "{}", path.removeprefix("/api/v1/"))): operation["summary"]
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


_SUMMARIES = _read_summaries()
