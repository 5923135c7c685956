"""Ports and readiness."""

from __future__ import annotations

import errno
import os
import socket
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from tools.console import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A TCP port on the loopback address that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def address_from_environment(*, default_port: int = 8000) -> tuple[str, int]:
    """HOST and PORT from the environment, checked."""
    host = os.environ.get("HOST") or LOOPBACK
    text = os.environ.get("PORT") or str(default_port)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Problem(f"PORT must be a number from 1 to 65535, not {text!r}")
    return host, int(text)


def require_free(host: str, port: int) -> None:
    """Fail with one clear line when nothing could listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()  # with SO_REUSEADDR, some systems notice only here
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Problem(
                f"port {port} on {host} is taken: stop what uses it, or choose another: PORT={port + 1}"
            ) from error
        raise Problem(f"cannot listen on {host} port {port}: {error.strerror or error}") from error


def site_url(host: str, port: int) -> str:
    """The address that a browser on this machine uses for a server bound to `host`."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104  (compared, not bound)
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def answers(url: str) -> bool:
    """Whether the URL answers 200 right now."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310  (our own addresses)
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def wait_until(
    what: str,
    ready: Callable[[], bool],
    *,
    alive: Callable[[], bool],
    timeout: float = 60,
    interval: float = 0.1,
) -> None:
    """Poll until `ready`; fails when `alive` turns false or after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    while not ready():
        if not alive():
            raise Problem(f"{what} ended before it was ready")
        if time.monotonic() > deadline:
            raise Problem(f"{what} was not ready after {timeout:.0f} s")
        time.sleep(interval)
