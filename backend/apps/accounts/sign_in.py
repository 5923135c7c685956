"""Signing in: from a proof to a session, with the steps that may stand in between."""

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import update_last_login
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from apps.accounts.challenges import Purpose, open_challenge, send_code
from apps.accounts.clients import Client, client_of, remembered
from apps.accounts.errors import InvalidCredentials
from apps.accounts.guessing import count_code
from apps.accounts.models import Session, User
from apps.accounts.security_log import Kind, log_event
from apps.accounts.sessions import refuse_suspended, start_session
from apps.accounts.tokens import TokenPair

SECOND_FACTORS = frozenset({"totp", "recovery_code", "passkey"})
"""A passkey is possession and, by its user verification, knowledge or body: it needs no other factor beside it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn:
    """The session stands."""

    session: Session
    tokens: TokenPair


@dataclass(frozen=True, kw_only=True, slots=True)
class NextStep:
    """One more proof is needed: `step` is `verify_email` or `second_factor`, `methods` how it can be given."""

    step: str
    challenge: str
    methods: list[str]


def sign_in(*, request: HttpRequest, name: str, password: str) -> SignedIn | NextStep:
    """Check the credentials (see `backends`). Raises InvalidCredentials or TooManyAttempts."""
    user = authenticate(request, username=name, password=password)
    if not isinstance(user, User):
        raise InvalidCredentials
    return finish_sign_in(user=user, methods=["password"], client=client_of(request))


def finish_sign_in(*, user: User, methods: Sequence[str], client: Client) -> SignedIn | NextStep:
    """Start the session, or name the step that is still missing, given what was proved by `methods` so far.
    Raises AccountSuspended."""
    refuse_suspended(user)
    if settings.EMAIL_VERIFICATION and user.email_verified_at is None:
        # Counted by account, not by its name: whoever does not know the password cannot use this limit up.
        name = _verification_of(user)
        count_code(name=name, client=client)
        data = {"methods": list(methods), "name": name, "from": remembered(client)}
        challenge, token = open_challenge(purpose=Purpose.VERIFY_EMAIL, user=user, email=user.email, data=data)
        send_code(challenge)
        return NextStep(step="verify_email", challenge=token, methods=["email_code"])
    if user.has_second_factor and not SECOND_FACTORS & set(methods):
        token = open_second_step(user=user, methods=methods)
        return NextStep(step="second_factor", challenge=token, methods=second_factors_of(user))
    update_last_login(User, user)
    session, tokens = start_session(user=user, client=client, methods=methods)
    log_event(user=user, kind=Kind.SIGNED_IN, client=client, detail=", ".join(methods))
    return SignedIn(session=session, tokens=tokens)


def _verification_of(user: User) -> str:
    """What verifying the account's address is counted under. Nobody can type it where names are asked for."""
    return "verify:" + salted_hmac("apps.accounts.sign_in.verify", str(user.pk), algorithm="sha256").hexdigest()


def open_second_step(*, user: User, methods: Sequence[str]) -> str:
    """The token of a step that waits for the second factor. Another password makes it void."""
    data = {"methods": list(methods), "password_version": user.password_version}
    _, token = open_challenge(purpose=Purpose.SECOND_FACTOR, user=user, data=data)
    return token


def second_factors_of(user: User) -> list[str]:
    """How the account can give its second factor, best first."""
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    names = {"webauthn": "passkey", "totp": "totp", "recovery_codes": "recovery_code"}
    return [name for kind, name in names.items() if kind in types]
