"""The cookies: the refresh token, and the mark of a browser that is known. HttpOnly, for the auth addresses only, and
the first only from our own pages."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from apps.accounts.errors import ForeignOrigin
from apps.accounts.known_browsers import LASTS


def refresh_cookie(request: HttpRequest) -> str:
    """The refresh token in the request's cookie, or nothing."""
    return request.COOKIES.get(str(settings.REFRESH_COOKIE["key"]), "")


def set_refresh_cookie(response: HttpResponse, token: str) -> None:
    _set(response, settings.REFRESH_COOKIE, token, settings.REFRESH_TOKEN_LIFETIME)


def drop_refresh_cookie(response: HttpResponse) -> None:
    """Without the same attributes browsers would keep it."""
    _set(response, settings.REFRESH_COOKIE, "", timedelta())


def set_browser_cookie(response: HttpResponse, mark: str) -> None:
    """It stays when one signs out: it is for signing in again."""
    _set(response, settings.BROWSER_COOKIE, mark, LASTS)


def _set(response: HttpResponse, attributes: Mapping[str, Any], value: str, max_age: timedelta) -> None:
    response.set_cookie(**attributes, value=value, max_age=int(max_age.total_seconds()))


def require_own_origin(request: HttpRequest) -> None:
    """Refuse pages of other sites. Clients that send no Origin are no browsers' pages."""
    origin = request.headers.get("Origin")
    if origin is None:
        return
    own = {settings.PUBLIC_URL.lower(), f"{request.scheme}://{request.get_host()}".lower()}
    if origin.lower() not in own:
        raise ForeignOrigin
