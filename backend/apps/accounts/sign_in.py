"""Signing in with a name and a password."""

from django.contrib.auth import authenticate
from django.contrib.auth.models import update_last_login
from django.http import HttpRequest

from apps.accounts.errors import InvalidCredentials
from apps.accounts.models import Session, User
from apps.accounts.sessions import start_session
from apps.accounts.tokens import TokenPair


def sign_in(*, request: HttpRequest, name: str, password: str) -> tuple[Session, TokenPair]:
    """Check the credentials (see `backends`) and start a session. Raises InvalidCredentials or TooManyAttempts."""
    user = authenticate(request, username=name, password=password)
    if not isinstance(user, User):
        raise InvalidCredentials
    update_last_login(User, user)
    return start_session(
        user=user,
        user_agent=request.headers.get("User-Agent", ""),
        address=request.META.get("REMOTE_ADDR", ""),
    )
