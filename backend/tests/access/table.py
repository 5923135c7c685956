"""What the rows of the access matrix are made of.

from tests.access.table import SIGNED_IN, Area, Call, Rows

ROWS: Rows = {("get", "me", "-"): SIGNED_IN}

def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call: ...

AREA = Area(ROWS, call)
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from conftest import Cast

ROLES = ("anonymous", "reader", "outsider", "author", "editor", "moderator", "admin", "deactivated")
Cells = dict[str, int]
Row = tuple[str, str, str]
"""Method, route below /api/v1/, and the state of the object: "-" where there is none."""
Rows = dict[Row, Cells]


@dataclass(frozen=True)
class Call:
    """What to send: where, and with which body and headers."""

    path: str
    body: dict[str, Any] | None = None
    if_match: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    format: str | None = None
    """`multipart` for files; None for JSON."""


@dataclass(frozen=True)
class Area:
    """Rows, and a function that sets the scene for one of them (method, route, state, role, cast) and says what to
    send. Each role finds a scene of its own: what it changed is rolled back before the next one calls."""

    rows: Rows
    call: Callable[[str, str, str, str, Cast], Call]
    token_rows: Rows = field(default_factory=dict)
    """Rows whose cells differ for a token that has the scope: it leaves less to see than its owner's session does."""


def cells(everybody: int, **exceptions: int) -> Cells:
    """A row of the table. A deactivated account's token is refused everywhere unless the row says otherwise."""
    return {**dict.fromkeys(ROLES, everybody), "deactivated": 401, **exceptions}


def private(status: int, *, others: int = 404) -> Cells:
    """For what only its author, editors and admins may see."""
    return cells(others, author=status, editor=status, admin=status)


def change(status: int, *, signed_in: int = 403) -> Cells:
    """For changes to what everybody sees: by its author, editors and admins."""
    return cells(signed_in, anonymous=401, author=status, editor=status, admin=status)


def change_private(status: int) -> Cells:
    """For changes to what only those who may change it see. Who is not signed in is asked to, and learns nothing."""
    return {**private(status), "anonymous": 401}


def own(status: int) -> Cells:
    """For what everybody who is signed in may do with their own account."""
    return cells(status, anonymous=401)


READ = cells(200)
SIGNED_IN = own(200)


def plain(path: str, method: str, body: dict[str, Any] | None = None) -> Call:
    """A call of a route without braces; the body goes with everything but a GET."""
    return Call(f"/api/v1/{path}", None if method == "get" else body)
