"""The only place that knows the insides of `allauth.mfa`, which is pinned to one version.

Its functions expect a Django session and the current request in a context variable. Here they get a plain dict, which
the caller keeps in the challenge's row. `INTERNALS` names all that is used; a test fails when one of them has moved.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth as recovery_auth
from allauth.mfa.totp.internal import auth as totp_auth
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.internal import auth as webauthn_auth
from cryptography.exceptions import UnsupportedAlgorithm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from apps.accounts.mfa_adapter import UnreadableSecret
from apps.accounts.models import User

INTERNALS = (
    "allauth.core.context.request_context",
    "allauth.core.internal.cryptokit.normalize_user_code",
    "allauth.mfa.adapter.get_adapter",
    "allauth.mfa.recovery_codes.internal.auth.RecoveryCodes.activate",
    "allauth.mfa.recovery_codes.internal.auth.RecoveryCodes.generate_codes",
    "allauth.mfa.recovery_codes.internal.auth.RecoveryCodes.get_unused_codes",
    "allauth.mfa.recovery_codes.internal.auth.RecoveryCodes.validate_code",
    "allauth.mfa.totp.internal.auth.TOTP.activate",
    "allauth.mfa.totp.internal.auth.compare_user_code",
    "allauth.mfa.totp.internal.auth.format_hotp_value",
    "allauth.mfa.totp.internal.auth.generate_totp_secret",
    "allauth.mfa.totp.internal.auth.hotp_value",
    "allauth.mfa.totp.internal.auth.yield_hotp_counters_from_time",
    "allauth.mfa.utils.decrypt",
    "allauth.mfa.utils.encrypt",
    "allauth.mfa.webauthn.internal.auth.WebAuthn.add",
    "allauth.mfa.webauthn.internal.auth.begin_authentication",
    "allauth.mfa.webauthn.internal.auth.begin_registration",
    "allauth.mfa.webauthn.internal.auth.complete_authentication",
    "allauth.mfa.webauthn.internal.auth.complete_registration",
    "allauth.mfa.webauthn.internal.auth.get_authenticator_by_credential_id",
)
VERSION = "65.21.1"

UNREADABLE = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    AssertionError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    struct.error,
    UnsupportedAlgorithm,
    ValidationError,
)
"""What the libraries raise for a credential that is malformed, of an unknown kind, or wrong."""

Options = dict[str, Any]
State = dict[str, Any]
"""What a WebAuthn ceremony has to remember until the browser answers; it can be written as JSON."""

generate_totp_secret = totp_auth.generate_totp_secret


class CredentialRefused(Exception):
    """The answer of the authenticator does not fit. Why is for our log, not for the caller."""


# -- One-time codes ------------------------------------------------------------------------------------------------


def matching_step(secret: str, code: str) -> int | None:
    """The time step (of 30 s) whose code this is, the current one or a neighbour; None when it is no such code."""
    if not secret:
        return None
    for step in totp_auth.yield_hotp_counters_from_time():
        expected = totp_auth.format_hotp_value(totp_auth.hotp_value(secret, step))
        if totp_auth.compare_user_code(actual=code, expected=expected):
            return int(step)
    return None


def add_totp(user: User, secret: str) -> Authenticator:
    return totp_auth.TOTP.activate(user, secret).instance


def read_secret(encrypted: str) -> str:
    """The secret, or an empty one, which no code fits, when the key that it was encrypted with is gone."""
    try:
        return str(decrypt(encrypted))
    except UnreadableSecret:
        return ""


def looks_like_totp(code: str) -> bool:
    """By its length; recovery codes are longer."""
    return len(str(totp_auth.normalize_user_code(code))) == int(app_settings.TOTP_DIGITS)


# -- Recovery codes ------------------------------------------------------------------------------------------------


def add_recovery_codes(user: User) -> list[str]:
    """Make the codes of an account that has none."""
    codes: list[str] = recovery_auth.RecoveryCodes.activate(user).generate_codes()
    return codes


def use_recovery_code(row: Authenticator, code: str) -> bool:
    """Whether it is an unused code of the set, which is used then. Locks the row."""
    try:
        return bool(recovery_auth.RecoveryCodes(row).validate_code(code))
    except UnreadableSecret:
        return False


def count_recovery_codes(row: Authenticator) -> int:
    try:
        return len(recovery_auth.RecoveryCodes(row).get_unused_codes())
    except UnreadableSecret:
        return 0


# -- WebAuthn ------------------------------------------------------------------------------------------------------


@contextmanager
def _session_of(state: State) -> Iterator[None]:
    """Let allauth believe that `state` is the session of the current request."""
    request = HttpRequest()
    request.session = state  # type: ignore[assignment]
    with context.request_context(request):
        yield


def begin_registration(user: User) -> tuple[Options, State]:
    """Options for `navigator.credentials.create`: a passkey that can be found without a name and checks its user."""
    state: State = {}
    with _session_of(state):
        options = webauthn_auth.begin_registration(user, True)
    return _public_key(options), state


def complete_registration(state: State, credential: dict[str, Any]) -> RegistrationResponse:
    """The credential that was made; raises CredentialRefused."""
    try:
        parsed = RegistrationResponse.from_dict(credential)
        with _session_of(dict(state)):
            webauthn_auth.complete_registration(credential)
    except UNREADABLE as error:
        raise CredentialRefused(str(error)) from error
    return parsed


def begin_authentication(user: User | None) -> tuple[Options, State]:
    """Options for `navigator.credentials.get`, by any passkey when no user is named."""
    state: State = {}
    with _session_of(state):
        options = webauthn_auth.begin_authentication(user)
    return _public_key(options), state


def parse_assertion(credential: dict[str, Any]) -> AuthenticationResponse:
    """What the browser sent, unverified; raises CredentialRefused when it cannot be read."""
    try:
        return AuthenticationResponse.from_dict(credential)
    except UNREADABLE as error:
        raise CredentialRefused(str(error)) from error


def complete_authentication(state: State, user: User, credential: dict[str, Any]) -> Authenticator:
    """The passkey of the user that signed; raises CredentialRefused."""
    try:
        with _session_of(dict(state)):
            row: Authenticator = webauthn_auth.complete_authentication(user, credential)
    except UNREADABLE as error:
        raise CredentialRefused(str(error)) from error
    return row


def add_passkey(user: User, name: str, credential: dict[str, Any]) -> Authenticator:
    return webauthn_auth.WebAuthn.add(user, name, credential).instance


def has_passkey(user: User, credential_id: bytes) -> bool:
    """Whether the account has this credential already."""
    return webauthn_auth.get_authenticator_by_credential_id(user, credential_id) is not None


def _public_key(options: dict[str, Any]) -> Options:
    inner: Options = dict(options["publicKey"])
    return inner


__all__ = ["Authenticator", "CredentialRefused", "Options", "State", "decrypt", "encrypt"]
