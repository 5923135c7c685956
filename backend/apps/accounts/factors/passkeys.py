"""Passkeys: made, removed, and verified. Which page they were used on is checked against our own address."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from fido2.webauthn import CollectedClientData

from apps.accounts.challenges import Purpose, close_challenge, open_challenge, take_try
from apps.accounts.clients import Client
from apps.accounts.errors import ChallengeOver
from apps.accounts.factors import allauth_bridge as bridge
from apps.accounts.factors.allauth_bridge import CredentialRefused
from apps.accounts.factors.errors import NoSuchFactor, WrongPasskey
from apps.accounts.factors.recovery import first_codes
from apps.accounts.factors.relying_party import accepted_origins, require_passkeys
from apps.accounts.models import Challenge, User
from apps.accounts.second_factor import changing_factors, factors_of, refuse_last_factor
from apps.accounts.security_log import Kind, log_event
from apps.common.errors import InvalidState

logger = structlog.get_logger(__name__)

STATE = "webauthn"
"""Where a challenge's data holds the state of the ceremony."""
SIGN_COUNT = "sign_count"
MOST_PASSKEYS = 20
MOST_BYTES = 20_000
_KEPT = ("id", "rawId", "type", "authenticatorAttachment", "clientExtensionResults")
_KEPT_OF_RESPONSE = ("clientDataJSON", "attestationObject", "transports")
Credential = Mapping[str, Any]


def begin_passkey(*, user: User, request: HttpRequest) -> tuple[str, bridge.Options]:
    """The challenge, and what the browser needs to make a passkey. Raises PasskeysUnavailable or InvalidState."""
    require_passkeys(request)
    _refuse_too_many(user)
    options, state = bridge.begin_registration(user)
    _, token = open_challenge(purpose=Purpose.ADD_PASSKEY, user=user, data={STATE: state})
    return token, options


def finish_passkey(
    *, user: User, token: str, name: str, credential: Credential, request: HttpRequest, client: Client
) -> tuple[Authenticator, list[str]]:
    """Enrol the passkey that was made; also the recovery codes when they are new. Raises ChallengeOver,
    WrongPasskey."""
    challenge = take_try(token, Purpose.ADD_PASSKEY)
    if challenge.user_id != user.pk:
        raise ChallengeOver
    kept = _trimmed(credential)
    try:
        made = bridge.complete_registration(challenge.data[STATE], kept)
        _check_page(made.response.client_data, request)
    except CredentialRefused as refusal:
        _log_refusal(user, refusal)
        raise WrongPasskey from refusal
    with changing_factors(user) as account:
        close_challenge(challenge)
        _refuse_too_many(account)
        if bridge.has_passkey(account, made.raw_id):
            raise InvalidState("Your account has this passkey already.")
        row = bridge.add_passkey(account, name, kept)
        row.data[SIGN_COUNT] = made.response.attestation_object.auth_data.counter
        row.save(update_fields=["data"])
        log_event(user=account, kind=Kind.PASSKEY_ADDED, client=client, detail=name)
        return row, first_codes(user=account, client=client)


def remove_passkey(*, user: User, passkey_id: int, client: Client) -> None:
    """Raises NoSuchFactor, or FactorRequired for the last factor of an account that needs one."""
    with changing_factors(user) as account:
        row = passkeys_of(account).filter(pk=passkey_id).first()
        if row is None:
            raise NoSuchFactor("passkey")
        row.delete()
        refuse_last_factor(account)
        log_event(user=account, kind=Kind.PASSKEY_REMOVED, client=client, detail=row.data.get("name", ""))


def passkeys_of(user: User) -> QuerySet[Any]:
    return factors_of(user).filter(type=Authenticator.Type.WEBAUTHN)


def begin_assertion(*, purpose: Purpose, owner: User | None, request: HttpRequest) -> tuple[str, bridge.Options]:
    """A challenge that a passkey answers, and what the browser needs for it: one of the owner's, or any when nobody is
    named. Raises PasskeysUnavailable."""
    require_passkeys(request)
    options, state = bridge.begin_authentication(owner)
    _, token = open_challenge(purpose=purpose, user=owner, data={STATE: state})
    return token, options


def prepare_assertion(challenge: Challenge, *, user: User, request: HttpRequest) -> bridge.Options:
    """The same for a challenge that there is. Options that were made for it before are void."""
    require_passkeys(request)
    options, state = bridge.begin_authentication(user)
    challenge.data = {**challenge.data, STATE: state}
    challenge.save(update_fields=["data"])
    return options


def check_assertion(challenge: Challenge, *, user: User, credential: Credential, request: HttpRequest) -> Authenticator:
    """The passkey of the user that signed the challenge. Raises CredentialRefused. Closing the challenge, so that
    nobody can use the answer again, is the caller's part."""
    state = challenge.data.get(STATE)
    if not state:
        raise CredentialRefused("There are no options for this challenge.")
    sent = dict(credential)
    parsed = bridge.parse_assertion(sent)
    _check_page(parsed.response.client_data, request)
    row = bridge.complete_authentication(state, user, sent)
    _count_up(row, parsed.response.authenticator_data.counter)
    return row


@transaction.atomic
def _count_up(row: Authenticator, count: int) -> None:
    """Keep the passkey's counter. Where it counts at all, one that did not go up means that the key was copied."""
    locked = Authenticator.objects.select_for_update().filter(pk=row.pk).first()
    if locked is None:
        raise CredentialRefused("The passkey was removed just now.")
    before = locked.data.get(SIGN_COUNT, 0)
    if (count or before) and count <= before:
        raise CredentialRefused("The counter did not go up: there may be a copy of this key.")
    locked.data[SIGN_COUNT] = count
    locked.last_used_at = timezone.now()
    locked.save(update_fields=["data", "last_used_at"])


def _check_page(page: CollectedClientData, request: HttpRequest) -> None:
    """fido2 has compared the host with ours; scheme and port have to fit as well, and no foreign page may frame us."""
    if page.cross_origin or not isinstance(page.origin, str) or page.origin.lower() not in accepted_origins(request):
        raise CredentialRefused("It was made on another page.")


def _trimmed(credential: Credential) -> dict[str, Any]:
    """What is worth keeping of what the browser sent."""
    response = credential.get("response")
    if not isinstance(response, dict) or len(json.dumps(response)) > MOST_BYTES:
        raise WrongPasskey
    kept = {key: credential[key] for key in _KEPT if key in credential}
    kept["response"] = {key: response[key] for key in _KEPT_OF_RESPONSE if key in response}
    if len(json.dumps(kept)) > MOST_BYTES:
        raise WrongPasskey
    return kept


def _refuse_too_many(user: User) -> None:
    if passkeys_of(user).count() >= MOST_PASSKEYS:
        raise InvalidState(f"An account can have {MOST_PASSKEYS} passkeys. Remove one first.")


def _log_refusal(user: User, refusal: CredentialRefused) -> None:
    logger.info("passkey.refused", user_id=user.pk, reason=str(refusal)[:200])


def describe_passkey(row: Authenticator) -> dict[str, str | int | datetime | None]:
    """What the owner sees of a passkey."""
    return {
        "id": row.pk,
        "name": row.data.get("name", ""),
        "created_at": row.created_at,
        "last_used_at": row.last_used_at,
    }
