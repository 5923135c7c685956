"""Which program calls, and from where: what sessions and the security log remember of a request."""

import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True, kw_only=True, slots=True)
class Client:
    """The caller's address (None when unknown, as for jobs) and what it calls itself."""

    address: str | None = None
    user_agent: str = ""
    mark: str = ""
    """What a browser keeps of accounts that were signed in there (see `known_browsers`); it may be anything."""


NOBODY = Client()


def remembered(client: Client) -> dict[str, str]:
    """What a step that waits for a proof keeps of whoever began it; `recall` makes a client of it again."""
    return {"address": client.address or "", "user_agent": client.user_agent}


def recall(kept: dict[str, str]) -> Client:
    return Client(address=kept.get("address") or None, user_agent=kept.get("user_agent", ""))


def client_of(request: HttpRequest) -> Client:
    """`TrustedProxyMiddleware` has put the real address into REMOTE_ADDR. DRF's requests are taken as well."""
    return Client(
        address=_address_or_none(request.META.get("REMOTE_ADDR", "")),
        user_agent=request.headers.get("User-Agent", "").replace("\0", "")[:300],
        mark=request.COOKIES.get(str(settings.BROWSER_COOKIE["key"]), "")[:500],
    )


def _address_or_none(address: str) -> str | None:
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None
