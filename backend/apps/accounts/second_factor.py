"""Whether an account has a second factor, and whether it needs one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from apps.accounts.errors import SecondFactorNeeded
from apps.accounts.factors.errors import FactorRequired
from apps.accounts.models import User
from apps.accounts.roles import Role

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes only stand in for one."""
OPEN_BELOW = "/api/v1/auth/"
OPEN_TO_READ = frozenset({"/api/v1/me", "/api/v1/site", "/api/v1/schema"})
"""What an account may call while it lacks a second factor that its role requires."""


def factors_of(user: User) -> QuerySet[Any]:
    """The account's factors, oldest first, recovery codes among them."""
    rows: QuerySet[Any] = Authenticator.objects.filter(user_id=user.pk).order_by("pk")
    return rows


@contextmanager
def changing_factors(user: User) -> Iterator[User]:
    """Change the factors of an account: alone, and with what repeats them in step at the end."""
    with transaction.atomic():
        account: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
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


def with_lack(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows, which know `lacks_second_factor` of their user, without a query of its own."""
    lack = lack_expression()
    return rows if lack is None else rows.annotate(lacks_second_factor=lack)


def refuse_while_lacking(credential: Any, request: HttpRequest) -> None:
    """Close everything but enrolling a factor, and what a page needs for that, to a credential whose account lacks a
    factor that it needs. It is left to the view to say so (`ContractView`)."""
    open_paths = request.path.startswith(OPEN_BELOW) or (request.method == "GET" and request.path in OPEN_TO_READ)
    if getattr(credential, "lacks_second_factor", False) and not open_paths:
        credential.refusal = SecondFactorNeeded()


def _wanted_roles() -> set[str]:
    return set(settings.SECOND_FACTOR_ROLES)
