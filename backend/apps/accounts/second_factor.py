"""Whether an account has a second factor, and whether it needs one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.errors import SecondFactorNeeded
from apps.accounts.factors.errors import FactorRequired
from apps.accounts.models import User
from apps.accounts.roles import Role

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes only stand in for one."""


def factors_of(user: User) -> QuerySet[Any]:
    """The account's factors, oldest first, recovery codes among them."""
    rows: QuerySet[Any] = Authenticator.objects.filter(user_id=user.pk).order_by("pk")
    return rows


@contextmanager
def changing_factors(user: User) -> Iterator[User]:
    """Change the factors of an account: alone, and with what repeats them in step at the end."""
    with transaction.atomic():
        account: User = User.objects.select_for_update().get(pk=user.pk)
        yield account
        sync_second_factor(account)
        user.has_second_factor = account.has_second_factor


def sync_second_factor(user: User) -> None:
    """Bring `has_second_factor` in step with the factors; with the last one the recovery codes go too."""
    has_one = factors_of(user).filter(type__in=FACTORS).exists()
    if not has_one:
        factors_of(user).delete()
    if user.has_second_factor != has_one:
        user.has_second_factor = has_one
        user.save(update_fields=["has_second_factor"])


def needs_second_factor(user: User) -> bool:
    """Whether one of the account's roles requires a second factor, enrolled or not. Asks nothing while none does."""
    wanted = _wanted_roles()
    if not wanted:
        return False
    if user.is_superuser and Role.ADMIN in wanted:
        return True
    return any(group.name in wanted for group in user.groups.all())


def lacks_second_factor(user: User) -> bool:
    """Whether the account has no second factor although its role requires one."""
    return not user.has_second_factor and needs_second_factor(user)


def require_no_lack(user: User) -> None:
    """Raise SecondFactorNeeded for an account whose role requires a second factor that it has not."""
    if lacks_second_factor(user):
        raise SecondFactorNeeded


def refuse_last_factor(user: User) -> None:
    """Raise FactorRequired when the account would be left with none although its role needs one. Call it after the
    removal, in its transaction."""
    if needs_second_factor(user) and not factors_of(user).filter(type__in=FACTORS).exists():
        raise FactorRequired


def lack_expression(user: str = "user") -> Q | None:
    """The same question within a query over rows that lead to an account by `user`; None while no role requires one."""
    wanted = _wanted_roles()
    if not wanted:
        return None
    memberships = User.groups.through.objects.filter(user_id=OuterRef(f"{user}_id"), group__name__in=wanted)
    needs = Q(Exists(memberships))
    if Role.ADMIN in wanted:
        needs |= Q(**{f"{user}__is_superuser": True})
    return Q(**{f"{user}__has_second_factor": False}) & needs


def _wanted_roles() -> set[str]:
    return set(settings.SECOND_FACTOR_ROLES)
