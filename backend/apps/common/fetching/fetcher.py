"""One request, with its redirects."""

import codecs
import http.client
import time
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlencode, urljoin

from django.conf import settings

from apps.common.fetching.connections import Deadline, PinnedConnection
from apps.common.fetching.errors import FetchError, FetchFailed, FetchRefused
from apps.common.fetching.targets import Target, target_of

SECONDS = 10.0
"""For one request, from the connection to the last byte."""
ALL_SECONDS = 20.0
"""After so long no further redirect is followed."""
MAX_BYTES = 1024 * 1024
MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 16 * 1024
# What pages are written in. Python knows encodings as well that take an hour for a megabyte, or that raise at anything.
_ENCODINGS = frozenset(
    [
        *"utf-8 utf-16 utf-16-le utf-16-be ascii koi8-r koi8-u cp866 cp874 mac-roman tis-620".split(),
        *"gbk gb2312 gb18030 big5 euc_jp euc_kr shift_jis iso2022_jp".split(),
        *(f"iso8859-{number}" for number in range(1, 17)),
        *(f"cp{number}" for number in range(1250, 1259)),
    ]
)


@dataclass(frozen=True)
class Fetched:
    """An answer, whatever its status. `url`: where it came from, after redirects."""

    url: str
    status: int
    headers: Message
    body: bytes

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def media_type(self) -> str:
        return self.headers.get_content_type()

    @property
    def text(self) -> str:
        """The body in the encoding that it says it has, as far as that is one that pages have."""
        try:
            encoding = codecs.lookup(self.headers.get_content_charset() or "utf-8").name
        except (LookupError, ValueError):
            encoding = ""
        return self.body.decode(encoding if encoding in _ENCODINGS else "utf-8", "replace")


def fetch(
    url: str,
    *,
    form: dict[str, str] | list[tuple[str, str]] | None = None,
    accept: str = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
    max_bytes: int = MAX_BYTES,
    trusted: bool = False,
) -> Fetched:
    """What is at the address, or what it says to a `form` that is sent there (redirects of which are not followed).

    `trusted`: the operator has chosen the address, so it may be a private one. Raises FetchRefused and FetchFailed.
    """
    body = urlencode(form).encode() if form is not None else None
    began = time.monotonic()
    for _ in range(MAX_REDIRECTS + 1):
        if time.monotonic() - began > ALL_SECONDS:
            raise FetchFailed("its redirects took too long")
        answer = _ask(target_of(url, trusted=trusted), url, body=body, accept=accept, max_bytes=max_bytes)
        location = answer.headers.get("Location", "").strip()
        if body is not None or answer.status not in _REDIRECTS or not location:
            return answer
        url = _next(url, location)
        trusted = False
    raise FetchRefused("too many redirects")


def _next(url: str, location: str) -> str:
    """The address of a redirect. Headers are read as Latin-1, but what stands in them is UTF-8 if anything."""
    try:
        return urljoin(url, location.encode("latin-1").decode("utf-8"))
    except ValueError as error:  # Unicode's errors are such as well
        raise FetchRefused("the redirect is malformed") from error


def _ask(target: Target, url: str, *, body: bytes | None, accept: str, max_bytes: int) -> Fetched:
    headers = {
        "Host": target.host_header,
        "User-Agent": f"Byline/1.0 (+{settings.PUBLIC_URL})",
        "Accept": accept,
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    with Deadline(SECONDS) as deadline:
        connection = PinnedConnection(target, seconds=SECONDS, deadline=deadline)
        try:
            connection.request("GET" if body is None else "POST", target.path, body=body, headers=headers)
            response = connection.getresponse()
            content = _read(response, max_bytes, deadline)
            return Fetched(url, response.status, response.headers, content)
        except FetchError:
            raise
        # ValueError: what the standard library makes of some malformed answers.
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = "it took too long" if deadline.passed else error.__class__.__name__
            raise FetchFailed(f"{target.host} did not answer: {reason}") from error
        finally:
            connection.close()


def _read(response: http.client.HTTPResponse, max_bytes: int, deadline: Deadline) -> bytes:
    """Refuses more than the limit, and what is packed although nobody asked for it: a small parcel can be huge."""
    if response.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        raise FetchRefused("the answer is compressed")
    parts: list[bytes] = []
    size = 0
    while part := response.read1(_CHUNK):
        size += len(part)
        if size > max_bytes:
            raise FetchRefused("the answer is too large")
        parts.append(part)
    if deadline.passed:
        raise FetchFailed("it took too long")
    return b"".join(parts)
