"""Who is calling: a bearer access token whose session still stands."""

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import AccessToken

from apps.accounts.models import Session, User


class SessionTokenAuthentication(BaseAuthentication):
    """Checks the signature with simplejwt, then, in one query, that the session is live and its owner active.

    So a sign-out, a changed password or a deactivation is in force with the next request, not when the token expires.
    """

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'

    def authenticate(self, request: Request) -> tuple[User, Session] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        if len(parts) != 2:
            raise AuthenticationFailed("Send `Authorization: Bearer <access token>`.", code="malformed_token")
        session = self._session(self._claims(parts[1]))
        return session.user, session

    def _claims(self, raw: bytes) -> Any:
        try:
            return AccessToken(raw.decode("ascii"))  # type: ignore[arg-type]
        except (TokenError, UnicodeDecodeError) as error:
            raise AuthenticationFailed(
                "The access token is invalid or has expired.", code="invalid_token"
            ) from error

    def _session(self, claims: Any) -> Session:
        try:
            session: Session | None = (
                Session.objects.live().select_related("user").filter(pk=str(claims.get("sid", ""))).first()
            )
        except (ValidationError, ValueError):
            session = None
        if session is None or str(session.user_id) != str(claims.get("sub")):
            raise AuthenticationFailed("This session is over. Sign in again.", code="session_over")
        return session
