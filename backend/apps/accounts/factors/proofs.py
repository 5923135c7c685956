"""Proving who one is with a second factor: at sign-in, alone, and in the middle of a session."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.challenges import Purpose, close_challenge, find_challenge, take_try
from apps.accounts.clients import Client, client_of
from apps.accounts.errors import ChallengeOver, WrongCode, WrongPassword
from apps.accounts.factors import allauth_bridge as bridge
from apps.accounts.factors.allauth_bridge import CredentialRefused
from apps.accounts.factors.errors import PasskeySignInRefused, WrongPasskey
from apps.accounts.factors.passkeys import Credential, begin_assertion, check_assertion, prepare_assertion
from apps.accounts.factors.recovery import use_recovery_code
from apps.accounts.factors.totp import use_totp
from apps.accounts.guessing import Guarded, count_try, forgive
from apps.accounts.mfa_adapter import user_of_handle
from apps.accounts.models import Challenge, Session, User
from apps.accounts.own_password import require_password
from apps.accounts.security_log import Kind, log_event
from apps.accounts.sign_in import NextStep, SignedIn, finish_sign_in

logger = structlog.get_logger(__name__)


# -- The second step of signing in ---------------------------------------------------------------------------------


def sign_in_by_code(*, token: str, code: str, client: Client) -> SignedIn | NextStep:
    """End the second step with a code of the app or a recovery code. Raises ChallengeOver, WrongCode,
    TooManyAttempts."""
    challenge, user, method = prove_by_code(token=token, code=code, client=client)
    return finish_sign_in(user=user, methods=[*_methods(challenge), method], client=client)


def prove_by_code(*, token: str, code: str, client: Client) -> tuple[Challenge, User, str]:
    """The step, which is closed then, its account, and which factor it was."""
    with _counting_stale_steps(client):
        challenge = take_try(token, Purpose.SECOND_FACTOR)
        user = _standing_user(challenge)
    try:
        method = guess_code(user=user, code=code, client=client)
    except WrongCode as refusal:
        raise WrongCode(tries_left=settings.CODE_MAX_TRIES - challenge.tries) from refusal
    close_challenge(challenge)
    return challenge, user, method


def guess_code(*, user: User, code: str, client: Client) -> str:
    """`totp` or `recovery_code`, whichever it is; counted as a guess until it is right. Raises WrongCode,
    TooManyAttempts."""
    name, address = str(user.pk), client.address or ""
    count_try(name=name, address=address, guarded=Guarded.SECOND_FACTOR)
    method = _method_of(user, code, client)
    if not method:
        log_event(user=user, kind=Kind.SIGN_IN_FAILED, client=client, detail="wrong code of the second factor")
        raise WrongCode
    forgive(user=user, name=name, address=address, guarded=Guarded.SECOND_FACTOR)
    return method


def _method_of(user: User, code: str, client: Client) -> str:
    if bridge.looks_like_totp(code):
        return "totp" if use_totp(user=user, code=code) else ""
    return "recovery_code" if use_recovery_code(user=user, code=code, client=client) else ""


def waiting_step(*, token: str, client: Client) -> tuple[Challenge, User]:
    """The step that still waits for its proof, and its account. Raises ChallengeOver, TooManyAttempts."""
    with _counting_stale_steps(client):
        challenge = find_challenge(token, Purpose.SECOND_FACTOR)
        return challenge, _standing_user(challenge)


def passkey_options_for_sign_in(*, token: str, request: HttpRequest) -> bridge.Options:
    """What the browser needs to end the second step with a passkey."""
    challenge, user = waiting_step(token=token, client=client_of(request))
    return prepare_assertion(challenge, user=user, request=request)


def sign_in_by_second_passkey(*, token: str, credential: Credential, request: HttpRequest) -> SignedIn | NextStep:
    """End the second step with a passkey. Raises ChallengeOver, WrongPasskey."""
    client = client_of(request)
    challenge, user = prove_by_passkey(token=token, credential=credential, request=request)
    return finish_sign_in(user=user, methods=[*_methods(challenge), "passkey"], client=client)


def prove_by_passkey(*, token: str, credential: Credential, request: HttpRequest) -> tuple[Challenge, User]:
    """The step, which is closed then, and its account."""
    with _counting_stale_steps(client_of(request)):
        challenge = take_try(token, Purpose.SECOND_FACTOR)
        user = _standing_user(challenge)
    _require_assertion(challenge, user, credential, request)
    close_challenge(challenge)
    return challenge, user


def _standing_user(challenge: Challenge) -> User:
    """The account of the step, unless it was deactivated or its password changed since."""
    user = challenge.user
    if user is None or not user.is_active:
        raise ChallengeOver
    if challenge.data.get("password_version", user.password_version) != user.password_version:
        raise ChallengeOver
    return user


def _methods(challenge: Challenge) -> list[str]:
    return list(challenge.data.get("methods", []))


@contextmanager
def _counting_stale_steps(client: Client) -> Iterator[None]:
    """Whoever goes on guessing at a step that is over is told to wait, as at any other sign-in."""
    try:
        yield
    except ChallengeOver:
        count_try(address=client.address or "", guarded=Guarded.SECOND_FACTOR)
        raise


# -- By a passkey alone --------------------------------------------------------------------------------------------


def passkey_options_for_anybody(*, request: HttpRequest) -> tuple[str, bridge.Options]:
    """The challenge, and what the browser needs to sign in with any passkey that it has for this site."""
    return begin_assertion(purpose=Purpose.SIGN_IN_PASSKEY, owner=None, request=request)


def sign_in_by_passkey(*, token: str, credential: Credential, request: HttpRequest) -> SignedIn | NextStep:
    """Raises ChallengeOver, PasskeySignInRefused, TooManyAttempts (by address: nobody's account is locked)."""
    client = client_of(request)
    address = client.address or ""
    count_try(address=address, guarded=Guarded.SECOND_FACTOR)
    challenge = take_try(token, Purpose.SIGN_IN_PASSKEY)
    try:
        user = _owner_of(credential)
    except CredentialRefused as refusal:
        raise PasskeySignInRefused from refusal
    try:
        check_assertion(challenge, user=user, credential=credential, request=request)
    except CredentialRefused as refusal:
        _note_refusal(user, refusal, client)
        raise PasskeySignInRefused from refusal
    close_challenge(challenge)
    forgive(user=user, name=str(user.pk), address=address, guarded=Guarded.SECOND_FACTOR)
    return finish_sign_in(user=user, methods=["passkey"], client=client)


def _owner_of(credential: Credential) -> User:
    """The account that the passkey names and that has it; raises CredentialRefused. Not yet a proof of anything."""
    parsed = bridge.parse_assertion(dict(credential))
    user = user_of_handle(parsed.response.user_handle)
    if user is None or not user.is_active or not bridge.has_passkey(user, parsed.raw_id):
        raise CredentialRefused("There is no such account, or it has no such passkey.")
    return user


# -- In the middle of a session ------------------------------------------------------------------------------------


def confirm_by_password(*, session: Session, password: str, client: Client) -> None:
    """Raises WrongPassword, TooManyAttempts: it is counted like signing in."""
    try:
        require_password(user=session.user, given=password, client=client, field="password")
    except WrongPassword:
        detail = "wrong password when confirming"
        log_event(user=session.user, kind=Kind.SIGN_IN_FAILED, client=client, detail=detail)
        raise
    mark_confirmed(session)


def confirm_by_code(*, session: Session, code: str, client: Client) -> None:
    """Raises WrongCode, TooManyAttempts."""
    mark_confirmed(session, guess_code(user=session.user, code=code, client=client))


def passkey_options_for_confirming(*, user: User, request: HttpRequest) -> tuple[str, bridge.Options]:
    """The challenge, and what the browser needs to confirm with a passkey."""
    return begin_assertion(purpose=Purpose.CONFIRM_PASSKEY, owner=user, request=request)


def confirm_by_passkey(*, session: Session, token: str, credential: Credential, request: HttpRequest) -> None:
    """Raises ChallengeOver, WrongPasskey."""
    challenge = take_try(token, Purpose.CONFIRM_PASSKEY)
    if challenge.user_id != session.user_id:
        raise ChallengeOver
    _require_assertion(challenge, session.user, credential, request)
    close_challenge(challenge)
    mark_confirmed(session, "passkey")


def mark_confirmed(session: Session, method: str = "") -> None:
    """Note that the owner has just proved who they are, with a second factor if it is named."""
    session.confirmed_at = timezone.now()
    session.methods = list(dict.fromkeys([*session.methods, *([method] if method else [])]))
    session.save(update_fields=["confirmed_at", "methods"])


def _require_assertion(challenge: Challenge, user: User, credential: Credential, request: HttpRequest) -> None:
    try:
        check_assertion(challenge, user=user, credential=credential, request=request)
    except CredentialRefused as refusal:
        _note_refusal(user, refusal, client_of(request))
        raise WrongPasskey from refusal


def _note_refusal(user: User, refusal: CredentialRefused, client: Client) -> None:
    logger.info("passkey.refused", user_id=user.pk, reason=str(refusal)[:200])
    log_event(user=user, kind=Kind.SIGN_IN_FAILED, client=client, detail="a passkey was refused")
