"""What `allauth_bridge` uses of allauth's insides: pinned, and there."""

import ast
import inspect
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn_auth

from apps.accounts.factors import allauth_bridge
from apps.accounts.mfa_adapter import SecondFactorAdapter

APPS = Path(__file__).resolve().parents[2]
MOVED = (
    "allauth was changed: look at apps/accounts/factors/allauth_bridge.py, then at its VERSION and INTERNALS. Gone: "
)


def find(name: str) -> Any:
    """What stands at the dotted name; raises ImportError or AttributeError."""
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            found: Any = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part)
        return found
    raise ImportError(name)


def test_version_is_the_one_that_the_bridge_was_written_for() -> None:
    assert version("django-allauth") == allauth_bridge.VERSION, MOVED + "nothing yet; read its release notes"


@pytest.mark.parametrize("name", allauth_bridge.INTERNALS)
def test_every_name_that_the_bridge_uses_is_there(name: str) -> None:
    try:
        assert callable(find(name))
    except (ImportError, AttributeError):
        pytest.fail(MOVED + name)


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (webauthn_auth.begin_registration, ["user", "passwordless"]),
        (webauthn_auth.begin_authentication, ["user"]),
        (webauthn_auth.complete_registration, ["credential"]),
        (webauthn_auth.complete_authentication, ["user", "response"]),
        (webauthn_auth.WebAuthn.add, ["user", "name", "credential"]),
    ],
)
def test_functions_take_what_the_bridge_gives(function: Any, parameters: list[str]) -> None:
    assert list(inspect.signature(function).parameters) == parameters


@pytest.mark.django_db
def test_ceremonies_keep_their_state_under_the_one_key() -> None:
    """The bridge stores the whole dictionary, so a second key would be stored too; this says that there is none."""
    _, state = allauth_bridge.begin_authentication(None)

    assert set(state) == {webauthn_auth.STATE_SESSION_KEY}


def test_our_adapter_is_in_use_and_encrypts() -> None:
    assert isinstance(get_adapter(), SecondFactorAdapter)
    assert allauth_bridge.decrypt(allauth_bridge.encrypt("secret")) == "secret"
    assert "secret" not in allauth_bridge.encrypt("secret")
    assert {kind.value for kind in Authenticator.Type} == {"recovery_codes", "totp", "webauthn"}


def test_nothing_else_reaches_into_the_library() -> None:
    """Beside the bridge only the public pieces are imported: models, and the adapter."""
    public = {"allauth.mfa.models", "allauth.mfa.adapter", "allauth.account.models"}
    found = {
        (path.relative_to(APPS).as_posix(), node.module)
        for path in APPS.rglob("*.py")
        if "/tests/" not in path.as_posix() and path.name != "allauth_bridge.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("allauth")
    }
    assert {row for row in found if row[1] not in public} == set()
