"""Connections to an address that was looked up before, which end in time whatever the other side does."""

import http.client
import socket
import ssl
import threading
from contextlib import suppress

from apps.common.fetching.targets import Target


class Deadline:
    """Cuts a socket off when its time is up. A timeout of the socket alone begins anew with each byte that drips in."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(self, *details: object) -> None:
        self._timer.cancel()

    def watch(self, connected: socket.socket) -> None:
        self._socket = connected
        if self.passed:
            self._cut()

    def _cut(self) -> None:
        self.passed = True
        if self._socket is not None:
            with suppress(OSError):
                # Not the method of a TLS socket, which would first forget that it is one.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class PinnedConnection(http.client.HTTPConnection):
    """To the target's address, not to whatever its name leads to by now. With TLS the certificate is the name's."""

    def __init__(self, target: Target, *, seconds: float, deadline: Deadline) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self._target = target
        self._deadline = deadline

    def connect(self) -> None:
        plain = socket.create_connection((self._target.address, self._target.port), timeout=self.timeout)
        self.sock = plain
        self._deadline.watch(plain)
        if self._target.scheme == "https":
            # The plain one is detached once it is wrapped, so from then on the deadline cuts off what wraps it.
            wrapped = certificates().wrap_socket(
                plain, server_hostname=self._target.host.rstrip("."), do_handshake_on_connect=False
            )
            self.sock = wrapped
            self._deadline.watch(wrapped)
            wrapped.do_handshake()


def certificates() -> ssl.SSLContext:
    """Whom we believe: the system's authorities."""
    return ssl.create_default_context()
