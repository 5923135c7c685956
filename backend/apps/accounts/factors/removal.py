"""Taking all second factors from an account whose owner has lost them."""

from collections import Counter

from allauth.mfa.models import Authenticator

from apps.accounts.clients import Client
from apps.accounts.factors.recovery import recovery_codes_left
from apps.accounts.models import User
from apps.accounts.second_factor import changing_factors, factors_of
from apps.accounts.security_log import Kind, log_event
from apps.accounts.sessions import end_all_sessions
from apps.common.errors import InvalidState

_EVENTS = {Authenticator.Type.TOTP: Kind.TOTP_REMOVED, Authenticator.Type.WEBAUTHN: Kind.PASSKEY_REMOVED}


def remove_all_factors(*, user: User, by: User | None, client: Client) -> None:
    """As an administrator, or from the command line as nobody, after making sure who asks. Ends all sessions: whoever
    found the phone is out as well. Raises InvalidState where there is nothing to remove."""
    with changing_factors(user) as account:
        rows = list(factors_of(account).filter(type__in=_EVENTS))
        if not rows:
            raise InvalidState("This account has no second factor.")
        for row in rows:
            name = row.data.get("name", "")
            log_event(user=account, kind=_EVENTS[row.type], client=client, by=by, detail=name)
        factors_of(account).delete()
        account.password_version += 1
        account.save(update_fields=["password_version"])
        end_all_sessions(account)


def describe_factors(user: User) -> str:
    """What is enrolled, in words: "authenticator app, 2 passkeys; 8 recovery codes left"."""
    kinds = Counter(factors_of(user).values_list("type", flat=True))
    passkeys = kinds[Authenticator.Type.WEBAUTHN]
    parts = ["authenticator app"] if kinds[Authenticator.Type.TOTP] else []
    if passkeys:
        parts.append(f"{passkeys} passkey" + ("s" if passkeys > 1 else ""))
    if not parts:
        return "none"
    return f"{', '.join(parts)}; {recovery_codes_left(user)} recovery codes left"
