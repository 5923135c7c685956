"""Codes from mails. They are for everybody: an access token neither helps nor stands in the way."""

from typing import Any

from apps.accounts.challenges import Purpose, open_challenge, send_code
from apps.accounts.codes import code_for
from apps.accounts.models import User
from conftest import Cast
from tests.access.table import ROLES, Area, Call, Rows, cells, plain

PURPOSES = {
    "auth/code/confirm": Purpose.SIGN_IN_CODE,
    "auth/password/reset/confirm": Purpose.RESET_PASSWORD,
    "auth/email/verify": Purpose.VERIFY_EMAIL,
    "auth/code/resend": Purpose.SIGN_IN_CODE,
}


def everybody(status: int, **exceptions: int) -> dict[str, int]:
    """A deactivated account is answered as the others are."""
    return cells(status, **{"deactivated": status, **exceptions})


ROWS: Rows = {
    ("post", "auth/code", "-"): everybody(202),
    ("post", "auth/password/reset", "-"): everybody(202),
}
for route in PURPOSES:
    # A step of one's own account, with the right code; a deactivated account's opens nothing.
    done = 204 if route.endswith("resend") else 200
    ROWS["post", route, "own"] = everybody(done, anonymous=422, deactivated=204 if done == 204 else 422)
    ROWS["post", route, "not begun"] = everybody(422)


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    if route not in PURPOSES:
        return plain(route, method, {"username": role})
    body: dict[str, Any] = {"challenge": "nonsense"}
    user = dict(cast.items())[role] if role in ROLES else None
    code = "00000000"
    if state == "own" and isinstance(user, User):
        challenge, body["challenge"] = open_challenge(purpose=PURPOSES[route], user=user, email=user.email)
        send_code(challenge)
        code = code_for(challenge)
    if not route.endswith("resend"):
        body |= {"code": code, "cookie": False}
    if route == "auth/password/reset/confirm":
        body["password"] = "another long secret"
    return plain(route, method, body)


AREA = Area(ROWS, call)
