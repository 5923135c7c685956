"""Second factors, confirming, and the way into the admin."""

from typing import Any

from apps.accounts.factors.passkeys import begin_passkey
from apps.accounts.factors.proofs import (
    passkey_options_for_anybody,
    passkey_options_for_confirming,
    passkey_options_for_sign_in,
)
from apps.accounts.factors.totp import begin_totp
from apps.accounts.models import User
from apps.accounts.tests.factor_steps import code_at, enrol_passkey, enrol_totp, local_request, second_step
from apps.accounts.tests.factories import PASSWORD
from apps.accounts.tests.software_authenticator import SoftwareAuthenticator
from conftest import Cast
from tests.access.table import SIGNED_IN, Area, Call, Cells, Row, Rows, cells, own, plain

# The proofs are the role's own; who is nobody has none, and a deactivated account is none.
_STEP: Cells = cells(200, anonymous=422, deactivated=422)
_OTHERS = own(404)

ROWS: Rows = {
    ("post", "auth/second-factor", "-"): _STEP,
    ("post", "auth/second-factor/passkey-options", "-"): _STEP,
    ("post", "auth/second-factor/passkey", "-"): _STEP,
    ("post", "auth/passkey/options", "-"): cells(200, deactivated=200),
    ("post", "auth/passkey", "-"): cells(200, anonymous=401),
    ("post", "auth/confirm", "-"): own(204),
    ("post", "auth/confirm/passkey-options", "-"): SIGNED_IN,
    ("post", "auth/confirm/passkey", "-"): own(204),
    ("post", "auth/admin-session", "-"): cells(403, anonymous=401, editor=204, moderator=204, admin=204),
    ("get", "auth/factors", "-"): SIGNED_IN,
    ("post", "auth/totp", "-"): SIGNED_IN,
    ("post", "auth/totp/confirm", "one's own"): SIGNED_IN,
    ("post", "auth/totp/confirm", "another's"): own(422),
    ("delete", "auth/totp", "enrolled"): own(204),
    ("delete", "auth/totp", "none"): _OTHERS,
    ("post", "auth/recovery-codes", "with a factor"): SIGNED_IN,
    ("post", "auth/recovery-codes", "without"): own(403),
    ("post", "auth/passkeys/options", "-"): SIGNED_IN,
    ("post", "auth/passkeys", "one's own"): own(201),
    ("post", "auth/passkeys", "another's"): own(422),
    ("delete", "auth/passkeys/{passkey_id}", "one's own"): own(204),
    ("delete", "auth/passkeys/{passkey_id}", "another's"): _OTHERS,
}


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    user = dict(cast.items())[role]
    owner = cast.outsider if state == "another's" else user
    if owner is cast.outsider and state == "another's" and role == "outsider":
        owner = cast.author
    path, body = route, None
    if owner is not None:
        path, body = _scene((method, route, state), owner)
    elif method == "post":
        body = _bodies_of_nobody().get(route)
    return plain(path.format(passkey_id=1), method, body)


def _scene(row: Row, owner: User) -> tuple[str, dict[str, Any] | None]:
    _, route, state = row
    match route:
        case "auth/passkeys/{passkey_id}":
            return route.format(passkey_id=enrol_passkey(owner)[1]), None
        case "auth/passkeys":
            token, options = begin_passkey(user=owner, request=local_request())
            return route, {"challenge": token, "name": "Key", "credential": SoftwareAuthenticator().make(options)}
        case "auth/totp/confirm":
            begun = begin_totp(user=owner)
            return route, {"challenge": begun.challenge, "code": code_at(begun.secret)}
        case "auth/passkey":
            key, _ = enrol_passkey(owner)
            token, options = passkey_options_for_anybody(request=local_request())
            return route, {"challenge": token, "credential": key.sign(options)}
        case "auth/confirm":
            return route, {"password": PASSWORD}
        case "auth/confirm/passkey":
            key, _ = enrol_passkey(owner)
            token, options = passkey_options_for_confirming(user=owner, request=local_request())
            return route, {"challenge": token, "credential": key.sign(options)}
    if route.startswith("auth/second-factor"):
        return route, _second_step(route, owner)
    if state in {"enrolled", "with a factor"}:
        enrol_totp(owner)
    return route, None


def _second_step(route: str, owner: User) -> dict[str, Any]:
    secret, _ = enrol_totp(owner)
    key, _ = enrol_passkey(owner)
    token = second_step(owner)
    if route == "auth/second-factor":
        return {"challenge": token, "code": code_at(secret)}
    if route.endswith("-options"):
        return {"challenge": token}
    if not owner.is_active:
        return {"challenge": token, "credential": {"id": "AQ"}}
    return {
        "challenge": token,
        "credential": key.sign(passkey_options_for_sign_in(token=token, request=local_request())),
    }


def _bodies_of_nobody() -> dict[str, dict[str, Any]]:
    token, options = passkey_options_for_anybody(request=local_request())
    return {
        "auth/second-factor": {"challenge": "none", "code": "123456"},
        "auth/second-factor/passkey-options": {"challenge": "none"},
        "auth/second-factor/passkey": {"challenge": "none", "credential": {"id": "AQ"}},
        "auth/passkey": {"challenge": token, "credential": SoftwareAuthenticator().sign(options)},
    }


AREA = Area(ROWS, call)
