"""Where a request would go: addresses taken apart, hosts looked up, private networks kept out."""

import ipaddress
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from apps.common.fetching.errors import FetchFailed, FetchRefused

LONGEST_URL = 2000
PORTS = {"http": 80, "https": 443}
_LOOK_UP_SECONDS = 5
_HOST = re.compile(r"[a-z0-9]([a-z0-9_.-]*[a-z0-9])?\.?|[0-9a-f:.]+", re.ASCII)
# What `is_global` lets pass: networks that carry an IPv4 address inside, which may be a private one; what is reserved
# for protocols; and where Azure's machines find their own services.
_NEVER = tuple(
    ipaddress.ip_network(text)
    for text in (
        *("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "fec0::/10"),
        *("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32"),
    )
)
_look_ups = ThreadPoolExecutor(max_workers=4, thread_name_prefix="look-up")


@dataclass(frozen=True)
class Target:
    """One request's way: scheme, host and port as the address says, the path with its query, and where to connect."""

    scheme: str
    host: str
    port: int
    path: str
    address: str

    @property
    def host_header(self) -> str:
        """The host as HTTP names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url: str, *, trusted: bool) -> Target:
    """Where the address leads. Raises FetchRefused for what we do not ask, FetchFailed for a host that nobody knows.

    `trusted`: the operator has chosen the address, so it may be private and have any port.
    """
    if len(url) > LONGEST_URL or not url.isprintable() or " " in url or "\\" in url:
        raise FetchRefused("the address is malformed")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise FetchRefused("the address is malformed") from error
    if parts.scheme not in PORTS:
        raise FetchRefused("only http and https are asked")
    if "@" in parts.netloc:
        raise FetchRefused("addresses with credentials are not asked")
    host = _plain_host(host)
    if port not in {None, PORTS[parts.scheme]} and not trusted:
        raise FetchRefused("only the usual ports are asked")
    port = port or PORTS[parts.scheme]
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    return Target(parts.scheme, host, port, path + query, _address_of(host, port, trusted=trusted))


def is_public(address: str) -> bool:
    """Whether anybody on the internet could reach the IP address: not this machine, not its networks, not the metadata
    services of clouds, nor one of these in disguise."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # such as with a zone
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        return is_public(str(ip.ipv4_mapped))
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback or ip.is_link_local:
        return False
    return not any(ip.version == network.version and ip in network for network in _NEVER)


def _plain_host(host: str) -> str:
    """In ASCII and lower case, as it is looked up."""
    try:
        plain = host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    except UnicodeError as error:
        raise FetchRefused("the host's name is malformed") from error
    if not _HOST.fullmatch(plain) or len(plain) > 253:
        raise FetchRefused("the host's name is malformed")
    return plain


def _address_of(host: str, port: int, *, trusted: bool) -> str:
    """The address to connect to. A host with one private address among public ones is refused as a whole."""
    addresses = look_up(host, port)
    if not trusted and not all(is_public(address) for address in addresses):
        raise FetchRefused("the host is in a private network")
    return addresses[0]


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of the host, in the system's order, in limited time."""
    asked = _look_ups.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        rows = asked.result(timeout=_LOOK_UP_SECONDS)
    except (OSError, UnicodeError, TookTooLong) as error:
        asked.cancel()
        raise FetchFailed(f"the host {host} was not found") from error
    addresses = list(dict.fromkeys(str(row[4][0]) for row in rows))
    if not addresses:
        raise FetchFailed(f"the host {host} has no address")
    return addresses
