"""Where passkeys work. They are bound to a name, not to an address of numbers, and browsers offer them only on pages
that came by HTTPS or from this machine itself."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from apps.accounts.factors.errors import PasskeysUnavailable

LOCAL_NAME = "localhost"


def own_origin() -> str:
    """The only origin that passkeys are made and used on. An installation at a loopback address has them on
    `localhost`, which is the same machine and a name."""
    parts = urlsplit(settings.PUBLIC_URL)
    if not _is_local(parts.hostname or ""):
        return str(settings.PUBLIC_URL).lower()
    return f"{parts.scheme}://{LOCAL_NAME}" + (f":{parts.port}" if parts.port else "")


def rp_id() -> str:
    """The name that passkeys are bound to."""
    return _host_of(own_origin())


def accepted_origins(request: HttpRequest) -> set[str]:
    """`own_origin`, and on this machine itself the port that the request came to (a development server's)."""
    own = own_origin()
    host = request.get_host().lower()
    if _host_of(own) == LOCAL_NAME and _name(host) == LOCAL_NAME:
        return {own, f"{request.scheme}://{host}"}
    return {own}


def passkeys_work(request: HttpRequest) -> bool:
    """Whether the page that the request comes from can use passkeys."""
    own = urlsplit(own_origin())
    name = own.hostname or ""
    if _is_number(name) or not (own.scheme == "https" or name == LOCAL_NAME):
        return False
    return name != LOCAL_NAME or not _is_number(_name(request.get_host()))


def require_passkeys(request: HttpRequest) -> None:
    """Raise PasskeysUnavailable, which says where they would work."""
    if passkeys_work(request):
        return
    own = own_origin()
    if _host_of(own) == LOCAL_NAME:
        raise PasskeysUnavailable(f"Passkeys need a name, not an address of numbers. Open {own} instead.")
    raise PasskeysUnavailable("Passkeys need a domain name and HTTPS. Whoever runs this site can set both up.")


def _host_of(origin: str) -> str:
    return urlsplit(origin).hostname or ""


def _name(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_local(name: str) -> bool:
    return name == LOCAL_NAME or (_is_number(name) and ip_address(name).is_loopback)
