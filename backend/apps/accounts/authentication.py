"""Who is calling: a bearer access token whose session still stands."""

from django.conf import settings
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request

from apps.accounts.errors import CHALLENGE, ConfirmationRequired, suspension_notice
from apps.accounts.factors.errors import FactorProofNeeded
from apps.accounts.models import Session, User
from apps.accounts.second_factor import refuse_while_lacking, with_lack
from apps.accounts.sign_in import SECOND_FACTORS
from apps.accounts.tokens import Claims, InvalidToken, read_access
from apps.common.requests import django_request


class SuspendedCaller(AuthenticationFailed):
    """The credential is good, but its owner is kept out just now."""

    default_code = "account_suspended"


def refuse_suspended_caller(user: User) -> None:
    """Raises SuspendedCaller."""
    if user.is_suspended and user.suspended_until is not None:
        raise SuspendedCaller(suspension_notice(user.suspended_until))


class SessionTokenAuthentication(BaseAuthentication):
    """Checks the signature with simplejwt, then, in one query, that the session is live and its owner active.

    So a sign-out, a changed password, another role, a suspension or a deactivation is in force with the next request,
    not when the token expires.
    """

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE

    def authenticate(self, request: Request) -> tuple[User, Session] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        if len(parts) != 2:
            raise AuthenticationFailed("Send `Authorization: Bearer <access token>`.", code="malformed_token")
        session = self._session(self._claims(parts[1]))
        refuse_suspended_caller(session.user)
        refuse_while_lacking(session, django_request(request))
        return session.user, session

    def _claims(self, raw: bytes) -> Claims:
        try:
            return read_access(raw.decode("ascii"))
        except (InvalidToken, UnicodeDecodeError) as error:
            raise AuthenticationFailed("The access token is invalid or has expired.", code="invalid_token") from error

    def _session(self, claims: Claims) -> Session:
        sessions = with_lack(Session.objects.live().select_related("user"))
        session: Session | None = sessions.filter(pk=claims.session_id).first()
        if session is None or str(session.user_id) != claims.user_id:
            raise AuthenticationFailed("This session is over. Sign in again.", code="session_over")
        if session.user.token_version != claims.token_version:
            raise AuthenticationFailed("Your rights have changed. Refresh the token.", code="token_outdated")
        return session


class LenientAuthentication(SessionTokenAuthentication):
    """The same, but a token that is no good counts as none: for signing out, which must always work."""

    def authenticate(self, request: Request) -> tuple[User, Session] | None:
        try:
            return super().authenticate(request)
        except AuthenticationFailed:
            return None


def caller(request: Request) -> User:
    """The account that is calling, where permissions have made sure that there is one."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def session_of(request: Request) -> Session:
    """The session that is calling, where permissions have made sure that there is one."""
    if not isinstance(request.auth, Session):
        raise NotAuthenticated
    return request.auth


def require_confirmation(request: Request) -> Session:
    """Raise ConfirmationRequired unless the caller proved who they are within CONFIRMATION_LASTS, and
    FactorProofNeeded in a session that began before there was a second factor: its password alone must neither take
    that one away nor put another one beside it."""
    session = session_of(request)
    if session.user.has_second_factor and not SECOND_FACTORS & set(session.methods):
        raise FactorProofNeeded
    if session.confirmed_at < timezone.now() - settings.CONFIRMATION_LASTS:
        raise ConfirmationRequired
    return session
