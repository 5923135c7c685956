"""Personal API tokens of the caller."""

from apps.accounts.api_tokens import make_token
from apps.accounts.scopes import Scope
from conftest import Cast
from tests.access.table import SIGNED_IN, Area, Call, Rows, cells, own, plain

OTHERS = cells(404, anonymous=401)

ROWS: Rows = {
    ("get", "me/tokens", "-"): SIGNED_IN,
    ("post", "me/tokens", "-"): own(201),
    ("get", "me/tokens/{pk}", "own"): SIGNED_IN,
    ("delete", "me/tokens/{pk}", "own"): own(204),
    ("get", "me/tokens/{pk}", "another's"): OTHERS,
    ("delete", "me/tokens/{pk}", "another's"): OTHERS,
}


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    if route == "me/tokens":
        return plain(route, method, {"name": "Backup", "scopes": ["posts:read"]})
    caller = getattr(cast, role) or cast.reader
    owner = caller if state == "own" else (cast.author if role != "author" else cast.reader)
    token, _ = make_token(user=owner, name="Backup", scopes={Scope.POSTS_READ}, days=30)
    return Call(f"/api/v1/me/tokens/{token.pk}")


AREA = Area(ROWS, call)
