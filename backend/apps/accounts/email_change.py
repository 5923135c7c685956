"""Changing the e-mail address: confirmed where mail went before, and where it shall go.

Whether the new address is somebody's already is looked at when the mails are sent, by the outbox: neither the answer
nor its time tells.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.challenges import (
    Purpose,
    close_challenge,
    close_challenges_of,
    open_challenge,
    require_code,
    send_code,
    take_try,
)
from apps.accounts.clients import Client, remembered
from apps.accounts.errors import ChallengeOver, EmailTaken
from apps.accounts.guessing import Guarded, count_code, count_try, forgive
from apps.accounts.models import Challenge, User
from apps.accounts.security_log import Kind, log_event
from apps.common.errors import FieldProblem


def begin_email_change(*, user: User, email: str, client: Client) -> str:
    """Send a code to the old and another to the new address; returns the step's token.

    Raises FieldProblem for the address that the account has, TooManyAttempts when too many codes were asked for.
    """
    address = User.objects.normalize_email(email)
    if address.lower() == user.email.lower():
        raise FieldProblem("email", "This is the address of your account already.", code="unchanged")
    count_code(name=address, client=client)
    with transaction.atomic():
        data = {"old": user.email, "from": remembered(client)}
        challenge, token = open_challenge(purpose=Purpose.CHANGE_EMAIL, user=user, email=address, data=data)
        send_code(challenge)
    return token


def finish_email_change(*, user: User, token: str, code: str, new_code: str, client: Client) -> User:
    """Make the new address the account's; returns the account. The old address is told.

    Raises ChallengeOver, TooManyAttempts, WrongCode at `code` (that of the old address) or `new_code`, EmailTaken.
    """
    count_try(address=client.address or "", guarded=Guarded.CODE_BY_MAIL)
    challenge = take_try(token, Purpose.CHANGE_EMAIL)
    old = str(challenge.data["old"])
    if challenge.user_id != user.pk:
        raise ChallengeOver
    require_code(challenge, code, to=old)
    require_code(challenge, new_code, field="new_code")
    try:
        account = _change(challenge, old, client)
    except IntegrityError as error:  # somebody took the address in the meantime; the constraint held
        raise EmailTaken from error
    for guarded in (Guarded.CODE_BY_MAIL, Guarded.CODE_SENT):
        forgive(user=account, name=challenge.email, address=client.address or "", guarded=guarded)
    return account


@transaction.atomic
def _change(challenge: Challenge, old: str, client: Client) -> User:
    close_challenge(challenge)
    account: User = User.objects.select_for_update(no_key=True).get(pk=challenge.user_id)
    if account.email != old:
        raise ChallengeOver
    account.email = challenge.email
    account.email_verified_at = timezone.now()
    account.version += 1
    account.save(update_fields=["email", "email_verified_at", "version"])
    close_challenges_of(account)  # codes on their way to the old address open nothing any more
    log_event(user=account, kind=Kind.EMAIL_CHANGED, client=client, detail=f"{old} → {account.email}", also_to=[old])
    return account
