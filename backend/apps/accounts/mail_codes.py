"""Proving who one is by a code from a mail: to verify the address, to sign in, to set another password.

Whoever asks names an account. Whether there is such an account is looked up when the mail is sent, by the outbox, so
that the answer and its time cannot tell.
"""

from django.db import transaction
from django.utils import timezone

from apps.accounts.api_tokens import revoke_all_tokens
from apps.accounts.challenges import (
    Purpose,
    close_challenge,
    find_challenge,
    open_challenge,
    require_code,
    send_code,
    take_try,
)
from apps.accounts.clients import Client, remembered
from apps.accounts.errors import ChallengeOver, RegistrationRefused
from apps.accounts.guessing import Guarded, count_code, count_try, forgive
from apps.accounts.models import Challenge, User
from apps.accounts.registration import finish_registration, password_problems
from apps.accounts.security_log import Kind, log_event
from apps.accounts.services import change_password
from apps.accounts.sessions import end_all_sessions
from apps.accounts.sign_in import NextStep, SignedIn, finish_sign_in

BY_MAIL = (
    Purpose.SIGN_UP,
    Purpose.VERIFY_EMAIL,
    Purpose.SIGN_IN_CODE,
    Purpose.RESET_PASSWORD,
    Purpose.CHANGE_EMAIL,
)
METHOD = "email_code"


def ask_for_code(*, purpose: Purpose, name: str, client: Client) -> str:
    """Begin a step for the account of that name, if there is one; returns the step's token. Raises TooManyAttempts."""
    count_code(name=name, client=client)
    with transaction.atomic():
        challenge, token = open_challenge(purpose=purpose, data={"name": name, "from": remembered(client)})
        send_code(challenge)
    return token


def resend_code(*, token: str, client: Client) -> None:
    """Send another code for the step; the one before is void. Raises ChallengeOver, TooManyAttempts, TooManyCodes."""
    challenge = find_challenge(token, *BY_MAIL)
    count_code(name=challenge.data.get("name") or challenge.email, client=client)
    with transaction.atomic():
        send_code(challenge)


def verify_email(*, token: str, code: str, client: Client) -> SignedIn | NextStep:
    """End a sign-up, which makes the account, or the verification that a sign-in asked for.

    Raises ChallengeOver, WrongCode, TooManyAttempts; RegistrationRefused when the name was taken meanwhile.
    """
    challenge = _prove(token, code, Purpose.SIGN_UP, Purpose.VERIFY_EMAIL, client=client)
    with transaction.atomic():
        close_challenge(challenge)
        user = finish_registration(challenge, client) if challenge.purpose == Purpose.SIGN_UP else _owner(challenge)
        return _enter(user, challenge, client, methods=[*challenge.data.get("methods", ["password"]), METHOD])


def sign_in_by_code(*, token: str, code: str, client: Client) -> SignedIn | NextStep:
    """Sign in with the code. Raises ChallengeOver, WrongCode, TooManyAttempts."""
    challenge = _prove(token, code, Purpose.SIGN_IN_CODE, client=client)
    with transaction.atomic():
        close_challenge(challenge)
        return _enter(_owner(challenge), challenge, client, methods=[METHOD])


def reset_password(*, token: str, code: str, password: str, client: Client) -> SignedIn | NextStep:
    """Set another password, which ends all sessions, and sign in.

    Raises RegistrationRefused for a password that is not good enough, ChallengeOver, WrongCode, TooManyAttempts. What
    can be said of the password without the account is said before the code is looked at: it costs no try. How much it
    is like the account's name is said only to those who have the code.
    """
    _refuse(password, User())
    challenge = _prove(token, code, Purpose.RESET_PASSWORD, client=client)
    _refuse(password, _owner(challenge))
    with transaction.atomic():
        close_challenge(challenge)
        user = change_password(user=_owner(challenge), password=password, kind=Kind.PASSWORD_RESET, client=client)
        return _enter(user, challenge, client, methods=[METHOD])


def _prove(token: str, code: str, *purposes: Purpose, client: Client) -> Challenge:
    """The step whose code this is, with a try counted for the step and for the address. Call it outside of
    transactions.

    There is no count by account: whoever wanted to could keep its owner out with it. The secret of a step is known to
    whoever began it, so nobody can use up another's tries, and how many can be begun for one account is limited.
    """
    count_try(address=client.address or "", guarded=Guarded.CODE_BY_MAIL)
    challenge = take_try(token, *purposes)
    require_code(challenge, code)
    return challenge


def _owner(challenge: Challenge) -> User:
    """Whose code it was. Raises ChallengeOver when the account is gone, switched off, or has another address now."""
    user: User | None = User.objects.filter(pk=challenge.user_id, is_active=True, email=challenge.email).first()
    if user is None:
        raise ChallengeOver
    return user


def _enter(user: User, challenge: Challenge, client: Client, *, methods: list[str]) -> SignedIn | NextStep:
    """Note what the code proved, take back the counted tries, and go on to the session."""
    if user.email_verified_at is None:
        if challenge.purpose in {Purpose.SIGN_IN_CODE, Purpose.RESET_PASSWORD}:
            user = _shut_out_strangers(user, challenge, client)
        user.email_verified_at = timezone.now()
        user.save(update_fields=["email_verified_at"])
        log_event(user=user, kind=Kind.EMAIL_VERIFIED, client=client)
    name, address = challenge.data.get("name", ""), client.address or ""
    for guarded in (Guarded.CODE_BY_MAIL, Guarded.CODE_SENT):
        forgive(user=user, name=name, address=address, guarded=guarded, mark=client.mark)
    return finish_sign_in(user=user, methods=methods, client=client)


def _shut_out_strangers(user: User, challenge: Challenge, client: Client) -> User:
    """Who made an account whose address was never proved need not be who reads its mail: the password, the sessions
    and the tokens from before open it no more. (A second factor from before is still asked for.)"""
    if challenge.purpose == Purpose.SIGN_IN_CODE and user.has_usable_password():
        user = change_password(user=user, password=None, client=client)
    end_all_sessions(user)
    revoke_all_tokens(user)
    return user


def _refuse(password: str, account: User) -> None:
    problems = password_problems(password, account)
    if problems:
        raise RegistrationRefused(problems)
