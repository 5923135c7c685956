"""Steps that tests of second factors share. `enrol_…` go through the services, so that they are quick."""

from typing import Any

import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from apps.accounts.clients import NOBODY
from apps.accounts.factors.passkeys import begin_passkey, finish_passkey
from apps.accounts.factors.totp import begin_totp, finish_totp
from apps.accounts.models import Session, User
from apps.accounts.sign_in import open_second_step
from apps.accounts.tests.software_authenticator import SoftwareAuthenticator

PERIOD = 30
AUTH = "/api/v1/auth"


def code_at(secret: str, step: int = 0) -> str:
    """The code that an app shows now, or so many steps later."""
    return str(format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // PERIOD + step)))


def enrol_totp(user: User) -> tuple[str, list[str]]:
    """The secret of the new app, and the recovery codes. The code of the step before is used up, so that tests have
    the current one."""
    begun = begin_totp(user=user)
    with time_machine.travel(timezone.now(), tick=False):  # or the step could end between making and checking it
        codes = finish_totp(user=user, token=begun.challenge, code=code_at(begun.secret, -1), client=NOBODY)
    return begun.secret, codes


def enrol_passkey(user: User, **options: Any) -> tuple[SoftwareAuthenticator, int]:
    """The authenticator that holds the new passkey, and its id here."""
    key = SoftwareAuthenticator(**options)
    request = local_request()
    token, creation = begin_passkey(user=user, request=request)
    row, _ = finish_passkey(
        user=user, token=token, name="My phone", credential=key.make(creation), request=request, client=NOBODY
    )
    return key, row.pk


def prove_in_all_sessions(user: User) -> None:
    """The second factor was given in every session that the account has."""
    Session.objects.filter(user=user).update(methods=["password", "totp"])


def local_request() -> HttpRequest:
    """A request of a page at the address that passkeys work at."""
    return RequestFactory().get("/", headers={"Host": "localhost:8000"})


def second_step(user: User) -> str:
    """The token of a sign-in that waits for the second factor."""
    return open_second_step(user=user, methods=["password"])
