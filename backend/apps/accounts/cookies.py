"""The refresh token's cookie: HttpOnly, for the auth addresses only, and only from our own pages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from apps.accounts.errors import ForeignOrigin


def refresh_cookie(request: HttpRequest) -> str:
    """The refresh token in the request's cookie, or nothing."""
    return request.COOKIES.get(str(settings.REFRESH_COOKIE["key"]), "")


def set_refresh_cookie(response: HttpResponse, token: str) -> None:
    seconds = int(settings.REFRESH_TOKEN_LIFETIME.total_seconds())
    _set(response, token, seconds)


def drop_refresh_cookie(response: HttpResponse) -> None:
    """Without the same attributes browsers would keep it."""
    _set(response, "", 0)


def _set(response: HttpResponse, value: str, max_age: int) -> None:
    attributes: dict[str, Any] = dict(settings.REFRESH_COOKIE)
    response.set_cookie(**attributes, value=value, max_age=max_age)


def require_own_origin(request: HttpRequest) -> None:
    """Refuse pages of other sites. Clients that send no Origin are no browsers' pages."""
    origin = request.headers.get("Origin")
    if origin is None:
        return
    own = {settings.PUBLIC_URL.lower(), f"{request.scheme}://{request.get_host()}".lower()}
    if origin.lower() not in own:
        raise ForeignOrigin
