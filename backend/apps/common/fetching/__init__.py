"""The one way to other people's servers, for addresses that readers, authors or strangers name.

    page = fetch("https://example.org/a")          # raises FetchRefused or FetchFailed
    fetch("https://example.org/endpoint", form={"source": …, "target": …})

Nobody can use it to look around in the operator's network: a host's addresses are looked up once, all of them have to
be public, and the connection goes to the one that was looked at. Each redirect is treated as a new address. Size and
time have limits, whatever the other side does. No cookies, no credentials, no proxies, no decompression.
"""

from apps.common.fetching.errors import FetchError, FetchFailed, FetchRefused
from apps.common.fetching.fetcher import Fetched, fetch
from apps.common.fetching.targets import is_public

__all__ = ["FetchError", "FetchFailed", "FetchRefused", "Fetched", "fetch", "is_public"]
