"""What people are told of where a session or an event came from: which program, and how near its address is."""

import ipaddress
from functools import lru_cache

from ua_parser import parse_os, parse_user_agent

UNKNOWN_PROGRAM = "Unknown program"
THIS_COMPUTER = "this computer"
LOCAL_NETWORK = "local network"
INTERNET = "internet"
UNKNOWN = "unknown"
ADDRESS_CLASSES = (THIS_COMPUTER, LOCAL_NETWORK, INTERNET, UNKNOWN)

_LOCAL = [
    ipaddress.ip_network(text)
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")
]
_SPOKEN = {"Mac OS X": "macOS", "Mobile Safari": "Safari", "Chrome Mobile": "Chrome", "Firefox Mobile": "Firefox"}
"""Names that the parser gives, as people know them."""


@lru_cache(maxsize=1000)
def device_name(user_agent: str) -> str:
    """`Firefox on Windows`, `curl`, `Unknown program`. The program says what it is; nobody has to believe it."""
    if not user_agent.strip():
        return UNKNOWN_PROGRAM
    program, system = parse_user_agent(user_agent), parse_os(user_agent)
    names = [_SPOKEN.get(part.family, part.family)[:60] for part in (program, system) if part is not None]
    return " on ".join(names) if program is not None else UNKNOWN_PROGRAM


def address_class(address: str | None) -> str:
    """How near it is. From an address alone no more can be said for sure, and no place is guessed."""
    if not address:
        return UNKNOWN
    try:
        given = ipaddress.ip_address(address)
    except ValueError:
        return UNKNOWN
    nearest = getattr(given, "ipv4_mapped", None) or given
    if nearest.is_loopback:
        return THIS_COMPUTER
    return LOCAL_NETWORK if any(nearest in network for network in _LOCAL) else INTERNET
