"""Refuses settings with which signing somebody out, or taking rights away, would not be in force at once.

`manage.py` runs these checks before every command; the web server and the workers call `refuse_to_start`.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends import signed_cookies
from django.core.checks import Error, register
from django.utils.module_loading import import_string

from apps.accounts.models import User
from config.env import fail

TAG = "revocation"
LONGEST_ACCESS = timedelta(hours=2)
LONGEST_GRACE = timedelta(minutes=1)
HMAC = frozenset({"HS256", "HS384", "HS512"})
SHORTEST_KEY = 32
OUR_AUTHENTICATION = (
    "apps.accounts.authentication.SessionTokenAuthentication",
    "apps.accounts.token_authentication.ApiTokenAuthentication",
)
"""Each asks the database, with every request, whether the session or token still stands."""
AUTHENTICATION_MIDDLEWARE = "django.contrib.auth.middleware.AuthenticationMiddleware"

Finding = tuple[int, str, str]
"""The number of the check, what is wrong, and what to do."""


@register(TAG)
def check_revocation(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[Error]:
    """One error for each setting that stands in the way."""
    findings = [finding for look in LOOKS for finding in look()]
    return [Error(text, hint=hint, id=f"accounts.E{number:03}") for number, text, hint in findings]


def refuse_to_start() -> None:
    """Stop the process with a line for each setting that stands in the way. For what serves without `manage.py`."""
    errors = check_revocation()
    if errors:
        fail("\nByline cannot start: ".join(f"{error.msg} {error.hint}" for error in errors))


def _authentication_classes() -> Iterator[Finding]:
    ours = tuple(import_string(name) for name in OUR_AUTHENTICATION)
    for name in settings.REST_FRAMEWORK.get("DEFAULT_AUTHENTICATION_CLASSES") or ["those of the framework"]:
        if not _is_subclass(name, ours):
            yield (
                1,
                (
                    f"REST_FRAMEWORK DEFAULT_AUTHENTICATION_CLASSES holds {name}, which does not ask whether a session "
                    "still stands."
                ),
                f"Use {' and '.join(OUR_AUTHENTICATION)}.",
            )


def _token_lifetimes() -> Iterator[Finding]:
    access, refresh = settings.ACCESS_TOKEN_LIFETIME, settings.REFRESH_TOKEN_LIFETIME
    if access > LONGEST_ACCESS:
        yield (
            2,
            f"ACCESS_TOKEN_MINUTES is {int(access.total_seconds() // 60)}: access tokens are made to be short.",
            f"Set it to {int(LONGEST_ACCESS.total_seconds() // 60)} at most.",
        )
    if refresh <= access:
        yield (
            3,
            "REFRESH_TOKEN_DAYS is not longer than ACCESS_TOKEN_MINUTES: nothing could be refreshed.",
            "Let refresh tokens live for days and access tokens for minutes.",
        )
    if not timedelta(0) <= settings.REFRESH_GRACE <= LONGEST_GRACE:
        yield (
            4,
            f"REFRESH_GRACE is {settings.REFRESH_GRACE}: a stolen refresh token would go unnoticed that long.",
            "Set it to ten seconds.",
        )


def _signing() -> Iterator[Finding]:
    jwt = settings.SIMPLE_JWT
    if jwt.get("ACCESS_TOKEN_LIFETIME") != settings.ACCESS_TOKEN_LIFETIME:
        yield (
            13,
            "SIMPLE_JWT ACCESS_TOKEN_LIFETIME is not ACCESS_TOKEN_LIFETIME: tokens would live longer than is said.",
            "Set ACCESS_TOKEN_MINUTES alone.",
        )
    if jwt.get("ALGORITHM") not in HMAC:
        yield (
            5,
            (
                f"SIMPLE_JWT ALGORITHM is {jwt.get('ALGORITHM')!r}: tokens not signed with a secret of ours can "
                "be made by others."
            ),
            f"Use one of {', '.join(sorted(HMAC))}.",
        )
    if len(str(jwt.get("SIGNING_KEY", settings.SECRET_KEY))) < SHORTEST_KEY:
        yield 6, "The key that signs tokens is short enough to be guessed.", f"Use {SHORTEST_KEY} characters or more."


def _admin_sessions() -> Iterator[Finding]:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    if issubclass(store, signed_cookies.SessionStore):
        yield (
            7,
            f"SESSION_ENGINE is {settings.SESSION_ENGINE}: a session that lives in the cookie alone cannot be ended.",
            "Use django.contrib.sessions.backends.db.",
        )
    if AUTHENTICATION_MIDDLEWARE not in settings.MIDDLEWARE:
        yield (
            8,
            "MIDDLEWARE lacks AuthenticationMiddleware: the admin's sessions would outlive a changed password.",
            f"Add {AUTHENTICATION_MIDDLEWARE}.",
        )
    for name in settings.MIDDLEWARE:
        if name.rpartition(".")[2] in {"RemoteUserMiddleware", "PersistentRemoteUserMiddleware"}:
            yield 9, f"MIDDLEWARE holds {name}: whom a header names is never signed out.", "Remove it."


def _backends() -> Iterator[Finding]:
    for name in settings.AUTHENTICATION_BACKENDS:
        lets_in: Callable[[Any], bool] | None = getattr(import_string(name)(), "user_can_authenticate", None)
        if lets_in is None or lets_in(User(is_active=False)):
            yield (
                10,
                f"AUTHENTICATION_BACKENDS holds {name}, which lets deactivated accounts in.",
                "Use apps.accounts.backends.UsernameOrEmailBackend.",
            )


def _accounts() -> Iterator[Finding]:
    model: Any = get_user_model()
    if not issubclass(model, User):
        yield 11, f"AUTH_USER_MODEL is {settings.AUTH_USER_MODEL}: its sessions cannot be ended.", "Use accounts.User."
        return
    before, after = model(password_version=1), model(password_version=2)
    if before.get_session_auth_hash() == after.get_session_auth_hash():
        yield (
            12,
            (
                "The session hash of accounts does not follow their password version: signing out everywhere would "
                "leave the admin open."
            ),
            "Leave User.get_session_auth_hash as it is.",
        )


def _is_subclass(name: Any, bases: tuple[type, ...]) -> bool:
    try:
        found = import_string(name) if isinstance(name, str) else name
    except ImportError:
        return False
    return isinstance(found, type) and issubclass(found, bases)


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _authentication_classes,
    _token_lifetimes,
    _signing,
    _admin_sessions,
    _backends,
    _accounts,
)
