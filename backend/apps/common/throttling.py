"""The general limit on requests: a window of a minute for each caller, told in the RateLimit headers.

Counts live in the shared cache; with the cache away this limit fails open. Limits that guard secrets
(sign-in) are kept in the database instead.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:
    from rest_framework.views import APIView

WINDOW = 60


@dataclass(frozen=True, slots=True)
class RateState:
    """Where a caller stands: the policy's name, its quota, what is left of it, seconds until it is full again."""

    policy: str
    quota: int
    remaining: int
    reset: int

    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.quota};w={WINDOW}',
            "RateLimit": f'"{self.policy}";r={self.remaining};t={self.reset}',
        }


class RequestRateThrottle(BaseThrottle):
    """Counts every request of a signed-in caller by account, of others by address (an IPv6 one by its /64)."""

    state: RateState | None = None

    def allow_request(self, request: Request, view: APIView) -> bool:
        if not settings.RATE_LIMITS_ENABLED:
            return True
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            policy, who = "signed-in", f"u{user.pk}"
        else:
            policy, who = "anonymous", address_block(request.META.get("REMOTE_ADDR", ""))
        quota = settings.RATE_LIMITS[policy]
        now = int(time.time())
        used = _count(f"rate:{who}:{now // WINDOW}")
        self.state = RateState(policy, quota, max(0, quota - used), WINDOW - now % WINDOW)
        setattr(request._request, "rate_state", self.state)  # noqa: B010, SLF001 - read back in ContractView
        return used <= quota

    def wait(self) -> float | None:
        return float(self.state.reset) if self.state else None


def address_block(address: str) -> str:
    """The address, or for IPv6 the first 64 bits, since one subscriber has all of those."""
    if ":" not in address:
        return address
    import ipaddress

    try:
        return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)
    except ValueError:
        return address


def _count(key: str) -> int:
    """One more use of the key; 0 when the cache is away."""
    try:
        return int(cache.incr(key) or 0)
    except ValueError:  # the first in this window
        if cache.add(key, 1, timeout=WINDOW + 5):
            return 1
    try:
        return int(cache.incr(key) or 0)
    except ValueError:  # dropped between the two calls
        return 1
