"""Authenticator apps: codes that change every 30 seconds."""

import base64
from dataclasses import dataclass
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.challenges import Purpose, close_challenge, open_challenge, take_try
from apps.accounts.clients import Client
from apps.accounts.errors import ChallengeOver, WrongCode
from apps.accounts.factors import allauth_bridge as bridge
from apps.accounts.factors.errors import NoSuchFactor
from apps.accounts.factors.recovery import first_codes
from apps.accounts.models import User
from apps.accounts.second_factor import changing_factors, factors_of, refuse_last_factor
from apps.accounts.security_log import Kind, log_event

LAST_STEP = "last_step"
"""The time step of the last code that was used, in the row's data: a code works once, and no older one after it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Enrolment:
    """What an app has to be told: the secret itself, as an `otpauth:` address, and that as a picture."""

    challenge: str
    secret: str
    url: str
    qr: str


def begin_totp(*, user: User) -> Enrolment:
    """Make a secret. It counts once a code of it has been given; an app that is enrolled already stays good until
    then."""
    secret = bridge.generate_totp_secret()
    _, token = open_challenge(purpose=Purpose.ADD_TOTP, user=user, data={"secret": bridge.encrypt(secret)})
    adapter = get_adapter()
    url = adapter.build_totp_url(user, secret)
    picture = base64.b64encode(adapter.build_totp_svg(url).encode()).decode()
    return Enrolment(challenge=token, secret=secret, url=url, qr=f"data:image/svg+xml;base64,{picture}")


def finish_totp(*, user: User, token: str, code: str, client: Client) -> list[str]:
    """Enrol the app whose code this is, in the place of the one before. Returns the recovery codes when they are new,
    else nothing. Raises ChallengeOver or WrongCode."""
    challenge = take_try(token, Purpose.ADD_TOTP)
    if challenge.user_id != user.pk:
        raise ChallengeOver
    secret = bridge.read_secret(challenge.data["secret"])
    step = bridge.matching_step(secret, code)
    if step is None:
        raise WrongCode(tries_left=settings.CODE_MAX_TRIES - challenge.tries)
    with changing_factors(user) as account:
        close_challenge(challenge)
        replaced, _ = _rows(account).delete()
        row = bridge.add_totp(account, secret)
        row.data[LAST_STEP] = step
        row.save(update_fields=["data"])
        log_event(
            user=account, kind=Kind.TOTP_ADDED, client=client, detail="instead of the one before" * bool(replaced)
        )
        return first_codes(user=account, client=client)


def remove_totp(*, user: User, client: Client) -> None:
    """Raises NoSuchFactor, or FactorRequired for the last factor of an account that needs one."""
    with changing_factors(user) as account:
        deleted, _ = _rows(account).delete()
        if not deleted:
            raise NoSuchFactor("authenticator app")
        refuse_last_factor(account)
        log_event(user=account, kind=Kind.TOTP_REMOVED, client=client)


@transaction.atomic
def use_totp(*, user: User, code: str) -> bool:
    """Whether it is a code of the account's app that is good now and was not used. It is used then."""
    row = _rows(user).select_for_update().first()
    if row is None:
        return False
    step = bridge.matching_step(bridge.read_secret(row.data["secret"]), code)
    if step is None or step <= row.data.get(LAST_STEP, -1):
        return False
    row.data[LAST_STEP] = step
    row.last_used_at = timezone.now()
    row.save(update_fields=["data", "last_used_at"])
    return True


def totp_of(user: User) -> Authenticator | None:
    """The account's app, if there is one."""
    row: Authenticator | None = _rows(user).first()
    return row


def _rows(user: User) -> QuerySet[Any]:
    return factors_of(user).filter(type=Authenticator.Type.TOTP)
