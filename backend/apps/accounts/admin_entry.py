"""The Django admin's own session: who may have one, and what it remembers of the second factor."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from rest_framework.exceptions import PermissionDenied

from apps.accounts.clients import client_of
from apps.accounts.factors.errors import FactorProofNeeded
from apps.accounts.models import Session, User
from apps.accounts.policies import can_access_admin
from apps.accounts.second_factor import lacks_second_factor, require_no_lack
from apps.accounts.security_log import Kind, log_event
from apps.accounts.sign_in import SECOND_FACTORS

PROVED = "second_factor_proved"
"""In the admin's session: the owner has given their second factor."""
OPENED_FROM = "opened_from"
"""In the admin's session: the session of the site that opened it, with which it ends."""


def enter_admin(*, session: Session, request: HttpRequest) -> None:
    """Open the admin to a browser that is signed in to the site. Raises PermissionDenied for who is no staff,
    SecondFactorNeeded, FactorProofNeeded."""
    user = session.user
    if not can_access_admin(user):
        raise PermissionDenied("The admin is for staff.")
    require_no_lack(user)
    if user.has_second_factor and not SECOND_FACTORS & set(session.methods):
        raise FactorProofNeeded
    open_admin(user=user, request=request, methods=session.methods)
    request.session[OPENED_FROM] = str(session.pk)


def open_admin(*, user: User, request: HttpRequest, methods: list[str]) -> None:
    """Start the Django session. Whether the proofs are enough is the caller's question."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.pop(OPENED_FROM, None)  # of an entry before, whose session may be over
    request.session[PROVED] = bool(SECOND_FACTORS & set(methods))
    log_event(user=user, kind=Kind.SIGNED_IN, client=client_of(request), detail="the admin: " + ", ".join(methods))


def may_stay_in_admin(request: HttpRequest) -> bool:
    """Whether the session may go on: what it was opened from still stands, and a second factor that is enrolled, or
    required, has been given in it."""
    user = request.user
    if not isinstance(user, User) or not can_access_admin(user) or not _opener_stands(request, user):
        return False
    if user.has_second_factor:
        return bool(request.session.get(PROVED))
    return not lacks_second_factor(user)


def _opener_stands(request: HttpRequest, user: User) -> bool:
    """Asked once a request. Who signed in to the admin itself depends on no other session."""
    opener = request.session.get(OPENED_FROM)
    if opener is None:
        return True
    known: bool | None = getattr(request, "opener_stands", None)
    if known is None:
        known = Session.objects.live().filter(pk=opener, user=user).exists()
        request.opener_stands = known  # type: ignore[attr-defined]
    return known
