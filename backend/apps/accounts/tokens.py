"""Making and reading JWTs: a short access token and a refresh token, both tied to a session by the claim `sid`."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken
from rest_framework_simplejwt.utils import datetime_to_epoch

from apps.accounts.models import Session

_ID = re.compile(r"[1-9][0-9]{0,18}")


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
    expires_in: int


def new_refresh_id() -> str:
    """The id of a refresh token that is not issued yet."""
    return uuid4().hex


def issue_pair(session: Session) -> TokenPair:
    """The session's refresh token, and a fresh access token. The session carries what stands in the refresh token
    (`refresh_id`, `rotated_at`, `expires_at`), so that the same session gives the same one, byte for byte."""
    refresh = RefreshToken()
    refresh.payload = {
        "token_type": RefreshToken.token_type,
        "exp": datetime_to_epoch(session.expires_at),
        "iat": datetime_to_epoch(session.rotated_at or session.created_at),
        "jti": session.refresh_id,
        "sub": str(session.user_id),
        "sid": str(session.pk),
    }
    return TokenPair(
        access=_access_token(session),
        refresh=str(refresh),
        expires_in=int(settings.ACCESS_TOKEN_LIFETIME.total_seconds()),
    )


def _access_token(session: Session) -> str:
    access = AccessToken()
    access["sub"] = str(session.user_id)
    access["sid"] = str(session.pk)
    access["ver"] = session.user.token_version
    return str(access)


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
            user_id=_number(token["sub"]),
            session_id=UUID(str(token["sid"])),
            token_id=str(token["jti"]),
            token_version=int(token.get("ver", 0)),
        )
    except (TokenError, KeyError, ValueError, TypeError) as error:
        raise InvalidToken from error


def _number(subject: Any) -> str:
    """The id of an account as the claim has it; ValueError for what is none."""
    if not isinstance(subject, str) or not _ID.fullmatch(subject):
        raise ValueError("not an id")
    return subject
