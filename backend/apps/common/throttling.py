"""The general limit on requests: a window of a minute for each caller, told in the RateLimit headers.

Counts live in the shared cache; with the cache away this limit fails open. Limits that guard secrets
(sign-in) are kept in the database instead.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from apps.common.requests import django_request

if TYPE_CHECKING:
    from django.http import HttpRequest
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
        if not settings.RATE_LIMITS_ENABLED or getattr(django_request(request), "is_spared", False):
            return True
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            policy, who = "signed-in", f"u{user.pk}"
        else:
            policy, who = "anonymous", address_block(request.META.get("REMOTE_ADDR", ""))
        quota = settings.RATE_LIMITS[policy]
        now = int(time.time())
        used = tally.add(who, window=now // WINDOW, quota=quota)
        self.state = RateState(policy, quota, max(0, quota - used), WINDOW - now % WINDOW)
        setattr(django_request(request), "rate_state", self.state)  # noqa: B010 - read back in ContractView
        return used <= quota

    def wait(self) -> float | None:
        return float(self.state.reset) if self.state else None


def spare(request: HttpRequest) -> None:
    """Count this request for nobody: the process asks itself, for a document that everybody gets."""
    setattr(request, "is_spared", True)  # noqa: B010 - read back in RequestRateThrottle


def address_block(address: str) -> str:
    """The address, or for IPv6 the first 64 bits, since one subscriber has all of those."""
    if ":" not in address:
        return address
    import ipaddress

    try:
        mapped = ipaddress.IPv6Address(address).ipv4_mapped
        if mapped is not None:  # all of IPv4 as a socket for both shows it, which is no one subscriber's
            return str(mapped)
        return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)
    except ValueError:
        return address


class Tally:
    """Counts uses of a key in the shared cache, a small batch at a time.

    Asking the cache for every request would cost a good part of the request. So each process counts a caller's uses
    itself and adds them up in batches of a hundredth of the quota: processes may differ by that much, never by more.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._window = 0
        self._seen: dict[str, tuple[int, int]] = {}
        """For each key of this window: the shared count when it was last asked for, and uses since."""

    def add(self, who: str, *, window: int, quota: int) -> int:
        """One more use; answers how many there were in this window, as far as is known."""
        with self._lock:
            if window != self._window:
                self._window, self._seen = window, {}
            known, pending = self._seen.get(who, (0, 0))
            pending += 1
            if known and pending < quota // 100:
                self._seen[who] = known, pending
                return known + pending
            self._seen[who] = known + pending, 0
        total = _add_shared(f"rate:{who}:{window}", pending)
        with self._lock:
            if window == self._window:
                known, since = self._seen.get(who, (0, 0))
                self._seen[who] = max(known, total), since
        return total

    def clear(self) -> None:
        """Forget what this process counted."""
        with self._lock:
            self._seen = {}


tally = Tally()


def _add_shared(key: str, uses: int) -> int:
    """Add uses to the shared count and answer it; 0 when the cache is away."""
    for _ in range(2):
        try:
            return int(cache.incr(key, uses) or 0)
        except ValueError:  # the first in this window
            if cache.add(key, uses, timeout=WINDOW + 5):
                return uses
    return 0
