"""Making and reading JWTs: a short access token and a refresh token, both tied to a session by the claim `sid`."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from apps.accounts.models import Session


class InvalidToken(Exception):
    """The text is no token of ours, of another kind, forged, or expired."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claims:
    """What a verified token says: whose it is, of which session, and its own id."""

    user_id: str
    session_id: UUID
    token_id: str
    token_version: int = 0
    """Of access tokens: the account's `token_version` when it was issued."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenPair:
    """What a sign-in or a rotation hands out; `expires_in` counts the seconds of the access token."""

    access: str
    refresh: str
    refresh_id: str
    expires_in: int


def issue_pair(session: Session) -> TokenPair:
    """A fresh pair for the session. The caller stores `refresh_id`: no other refresh token is good from then on."""
    refresh = RefreshToken()
    refresh["sub"] = str(session.user_id)
    refresh["sid"] = str(session.pk)
    access = refresh.access_token
    access["ver"] = session.user.token_version
    return TokenPair(
        access=str(access),
        refresh=str(refresh),
        refresh_id=str(refresh["jti"]),
        expires_in=int(access.lifetime.total_seconds()) if access.lifetime else 0,
    )


def read_access(raw: str) -> Claims:
    """The claims of an access token; InvalidToken for anything else."""
    claims = _read(AccessToken, raw)
    if not claims.token_version:
        raise InvalidToken
    return claims


def read_refresh(raw: str) -> Claims:
    """The claims of a refresh token; InvalidToken for anything else."""
    return _read(RefreshToken, raw)


def _read(kind: type[AccessToken] | type[RefreshToken], raw: str) -> Claims:
    try:
        token: Any = kind(raw)  # type: ignore[arg-type]
        return Claims(
            user_id=str(token["sub"]),
            session_id=UUID(str(token["sid"])),
            token_id=str(token["jti"]),
            token_version=int(token.get("ver", 0)),
        )
    except (TokenError, KeyError, ValueError, TypeError) as error:
        raise InvalidToken from error
