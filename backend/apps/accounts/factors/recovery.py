"""Recovery codes: for who has lost their phone. They come with the first factor and go with the last one."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.clients import Client
from apps.accounts.errors import SecondFactorNeeded
from apps.accounts.factors import allauth_bridge as bridge
from apps.accounts.models import User
from apps.accounts.second_factor import changing_factors, factors_of
from apps.accounts.security_log import Kind, log_event


def first_codes(*, user: User, client: Client) -> list[str]:
    """Codes for an account that has none, else nothing. Call it within `changing_factors`."""
    if _rows(user).exists():
        return []
    return _make(user, client)


def renew_codes(*, user: User, client: Client) -> list[str]:
    """New codes; the old ones are void. Raises SecondFactorNeeded for an account without a factor."""
    with changing_factors(user) as account:
        if not account.has_second_factor:
            raise SecondFactorNeeded
        _rows(account).delete()
        return _make(account, client)


def use_recovery_code(*, user: User, code: str, client: Client) -> bool:
    """Whether it is an unused code of the account, which is used then."""
    row = _rows(user).first()
    if row is None:
        return False
    try:
        used = bridge.use_recovery_code(row, code)
    except Authenticator.DoesNotExist:  # replaced by new ones in this very moment
        return False
    if used:
        _rows(user).update(last_used_at=timezone.now())
        left = recovery_codes_left(user)
        log_event(user=user, kind=Kind.RECOVERY_CODE_USED, client=client, detail=f"{left} left")
    return used


def recovery_codes_left(user: User) -> int:
    row = _rows(user).first()
    return 0 if row is None else bridge.count_recovery_codes(row)


def _make(user: User, client: Client) -> list[str]:
    codes = bridge.add_recovery_codes(user)
    log_event(user=user, kind=Kind.RECOVERY_CODES_MADE, client=client)
    return [for_people(code) for code in codes]


def for_people(code: str) -> str:
    """In two groups, which are easier to read and type; the hyphen need not be typed."""
    middle = len(code) // 2
    return f"{code[:middle]}-{code[middle:]}"


def _rows(user: User) -> QuerySet[Any]:
    return factors_of(user).filter(type=Authenticator.Type.RECOVERY_CODES)
