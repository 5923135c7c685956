"""The way to other people's servers, against those who mean no good."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import Message
from typing import Any

import pytest

from apps.common.fetching import Fetched, FetchFailed, FetchRefused, fetch, fetcher, is_public, targets

Handler = Callable[[socket.socket], None]


@pytest.fixture
def server() -> Iterator[Callable[[Handler], str]]:
    """`server(handler)` is the address of a server that answers each connection so."""
    listeners: list[socket.socket] = []

    def start(handler: Handler) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection, suppress(OSError):
                    handler(connection)

        threading.Thread(target=serve, daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for listener in listeners:
        listener.close()


def saying(answer: bytes, heard: list[bytes] | None = None) -> Handler:
    def handler(connection: socket.socket) -> None:
        request = connection.recv(65536)
        if heard is not None:
            heard.append(request)
        connection.sendall(answer)

    return handler


def page(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "192.0.0.192",
        "168.63.129.16",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:1::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "not an address",
    ],
)
def test_nobody_elses_network_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://１２７.0.0.1/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_INFO",
        "//example.org/",
        "http:///etc/passwd",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "http://example.org:6379/",
        "http://example.org:99999/",
        "http://exa mple.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org/\r\nX: y",
        "http://example.org/\x00",
        "http://[fe80::1%25eth0]/",
        "http://[::1/",
        "http://" + "a" * 300 + ".org/",
        "http://" + "é" * 300 + ".org/",
        "http://example.org/" + "a" * 3000,
        "",
    ],
)
def test_addresses_of_no_good_are_not_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def look_up(host: str, *rest: Any, **more: Any) -> Any:
        return real("93.184.216.34" if host == "example.org" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("connected"))
    with pytest.raises((FetchRefused, FetchFailed)):
        fetch(url)


def test_a_host_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "look_up", lambda *_: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(FetchRefused):
        fetch("http://mixed.example/")


def test_the_connection_goes_to_the_address_that_was_looked_at(
    server: Callable[[Handler], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[bytes] = []
    port = int(server(saying(page(b"here"), heard)).rpartition(":")[2])
    asked: list[str] = []

    def look_up(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    monkeypatch.setattr(targets, "look_up", look_up)
    found = fetch(f"http://rebinding.example:{port}/a?b=c", trusted=True)
    assert found.body == b"here"
    assert asked == ["rebinding.example"]
    assert heard[0].startswith(b"GET /a?b=c HTTP/1.1\r\n")
    assert f"Host: rebinding.example:{port}".encode() in heard[0]
    assert b"cookie" not in heard[0].lower()
    assert b"authorization" not in heard[0].lower()


@pytest.mark.parametrize(
    "where", ["http://127.0.0.1:{port}/inner", "/inner", "http://169.254.169.254/", "file:///etc/passwd"]
)
def test_a_redirect_is_looked_at_like_any_address(where: str, server: Callable[[Handler], str]) -> None:
    heard: list[bytes] = []

    def handler(connection: socket.socket) -> None:
        location = where.format(port=connection.getsockname()[1])
        saying(page(b"", f"Location: {location}", status="302 Found"), heard)(connection)

    address = server(handler)
    with pytest.raises(FetchRefused):
        fetch(f"{address}/", trusted=True)
    assert len(heard) == 1


def test_redirects_end(server: Callable[[Handler], str], monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bytes] = []
    address = server(saying(page(b"", "Location: /again", status="301 Moved"), heard))
    monkeypatch.setattr(targets, "is_public", lambda _: True)
    monkeypatch.setitem(targets.PORTS, "http", int(address.rpartition(":")[2]))
    with pytest.raises(FetchRefused, match="redirects"):
        fetch(address)
    assert len(heard) == fetcher.MAX_REDIRECTS + 1


def test_redirects_are_followed(server: Callable[[Handler], str], monkeypatch: pytest.MonkeyPatch) -> None:
    def handler(connection: socket.socket) -> None:
        first = connection.recv(65536).startswith(b"GET / ")
        moved = page(b"", "Location: /größe", status="308 Moved")
        connection.sendall(moved if first else page(b"<p>", "Content-Type: text/html; charset=nonsense"))

    address = server(handler)
    monkeypatch.setattr(targets, "is_public", lambda _: True)
    monkeypatch.setitem(targets.PORTS, "http", int(address.rpartition(":")[2]))
    found = fetch(address)
    assert (found.url, found.text, found.media_type) == (f"{address}/größe", "<p>", "text/html")


def test_a_form_is_sent_and_its_redirects_are_not_followed(server: Callable[[Handler], str]) -> None:
    heard: list[bytes] = []
    address = server(saying(page(b"", "Location: /x", status="307 Elsewhere"), heard))
    found = fetch(address, form={"source": "a b"}, trusted=True)
    assert found.status == 307
    assert heard[0].startswith(b"POST / ")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * 20_000,
        page(b"a" * 20_000),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"4e20\r\n" + b"a" * 20_000 + b"\r\n0\r\n\r\n",
        page(b"\x1f\x8b", "Content-Encoding: gzip"),
    ],
)
def test_too_much_is_refused(answer: bytes, server: Callable[[Handler], str]) -> None:
    with pytest.raises(FetchRefused):
        fetch(server(saying(answer)), max_bytes=10_000, trusted=True)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x00\xff\x00",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/9.9 what\r\n\r\n",
        b"HTTP/1.1 99999999999 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabc",
    ],
)
def test_nonsense_is_a_failure_and_nothing_worse(answer: bytes, server: Callable[[Handler], str]) -> None:
    with pytest.raises(FetchFailed):
        fetch(server(saying(answer)), trusted=True)


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\nA: ", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"]
)
def test_time_is_up_although_bytes_keep_dripping(
    start: bytes, server: Callable[[Handler], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetcher, "SECONDS", 0.5)
    closed = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(start)
        while not closed.wait(0.02):
            connection.sendall(b"H" if not start else b"a")

    address = server(drip)
    began = time.monotonic()
    try:
        with pytest.raises(FetchFailed):
            fetch(address, trusted=True)
    finally:
        closed.set()
    assert time.monotonic() - began < 5


def test_a_server_that_says_nothing_is_given_up(
    server: Callable[[Handler], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetcher, "SECONDS", 0.3)
    closed = threading.Event()

    def silence(connection: socket.socket) -> None:
        closed.wait(10)

    address = server(silence)
    for scheme in ("http", "https"):
        with pytest.raises(FetchFailed):
            fetch(address.replace("http", scheme), trusted=True)
    closed.set()


def test_a_host_that_nobody_knows_is_a_failure() -> None:
    with pytest.raises(FetchFailed):
        fetch("http://nowhere.invalid/")


def test_a_certificate_of_somebody_else_is_a_failure(server: Callable[[Handler], str]) -> None:
    address = server(saying(b"\x15\x03\x01\x00\x02\x02\x28"))
    with pytest.raises(FetchFailed):
        fetch(address.replace("http://", "https://"), trusted=True)


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("iso-8859-1", b"caf\xe9", "café"),
        ("Shift_JIS", b"\x8e\x86", "紙"),
        ("windows-1251", b"\xc1", "Б"),
        ("nonsense", "é".encode(), "é"),
        # Python's own: some never end, some always raise, some say what no text can hold.
        ("punycode", b"a-" + b"b" * 500_000, "a-" + "b" * 500_000),
        ("idna", b"xn--", "xn--"),
        ("undefined", b"a", "a"),
        ("unicode_escape", rb"\ud800", r"\ud800"),
        ("utf-7", b"+2AA-", "+2AA-"),
    ],
)
def test_only_encodings_that_pages_have_are_believed(encoding: str, body: bytes, text: str) -> None:
    headers = Message()
    headers["Content-Type"] = f"text/html; charset={encoding}"
    assert Fetched("https://elsewhere.example/", 200, headers, body).text == text
