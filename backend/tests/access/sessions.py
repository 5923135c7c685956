"""Sessions and security events of the caller, their password and e-mail address."""

from typing import Any

from apps.accounts.challenges import Purpose, open_challenge, send_code
from apps.accounts.codes import code_for
from apps.accounts.sessions import start_session
from apps.accounts.tests.factories import PASSWORD
from conftest import Cast
from tests.access.table import SIGNED_IN, Area, Call, Rows, cells, own, plain

ROWS: Rows = {
    ("get", "me/sessions", "-"): SIGNED_IN,
    ("delete", "me/sessions", "-"): own(204),
    ("delete", "me/sessions/{pk}", "own"): own(204),
    ("delete", "me/sessions/{pk}", "another's"): cells(404, anonymous=401),
    ("get", "me/security-events", "-"): SIGNED_IN,
    ("post", "auth/password", "-"): SIGNED_IN,
    ("post", "auth/email", "-"): own(202),
    ("post", "auth/email/confirm", "own"): SIGNED_IN,
    ("post", "auth/email/confirm", "another's"): cells(422, anonymous=401),
}


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    caller = getattr(cast, role) or cast.reader
    owner = caller if state == "own" else (cast.author if role != "author" else cast.reader)
    if route == "me/sessions/{pk}":
        session, _ = start_session(user=owner)
        return Call(f"/api/v1/me/sessions/{session.pk}")
    bodies: dict[str, dict[str, Any]] = {
        "auth/password": {"current_password": PASSWORD, "password": "another long secret", "cookie": False},
        "auth/email": {"email": f"{role}@elsewhere.example"},
    }
    if route == "auth/email/confirm":
        challenge, token = open_challenge(
            purpose=Purpose.CHANGE_EMAIL, user=owner, email="new@elsewhere.example", data={"old": owner.email}
        )
        send_code(challenge)
        code, new_code = code_for(challenge, to=owner.email), code_for(challenge)
        bodies[route] = {"challenge": token, "code": code, "new_code": new_code}
    return plain(route, method, bodies.get(route))


AREA = Area(ROWS, call)
