"""Requests as the server hands them over."""

from io import BytesIO
from typing import Any
from unittest import mock
from urllib.parse import urlencode

import pytest

from apps.common.wsgi import Utf8Handler, Utf8Request

ENCODINGS = ["undefined", "idna", "punycode", "cp037", "utf-16", "unicode_escape"]


def environ(query: str, content_type: str, body: bytes = b"", method: str = "GET") -> dict[str, Any]:
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": "/api/v1/posts",
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": "http",
    }


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("content_type", ["text/plain; charset={}", "text/plain; charset*=utf-8''{}"])
def test_addresses_are_utf_8_whatever_the_content_type_says(encoding: str, content_type: str) -> None:
    request = Utf8Request(environ("q=caf%C3%A9+%41", content_type.format(encoding)))
    assert request.GET["q"] == "café A"


def test_so_are_forms() -> None:
    form = urlencode({"a": "é"}).encode()
    request = Utf8Request(environ("", "application/x-www-form-urlencoded; charset=cp037", form, "POST"))
    assert request.POST["a"] == "é"


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_nobody_gets_an_error_of_the_server(encoding: str) -> None:
    told = mock.Mock()
    Utf8Handler()(environ("limit=%41", f"text/plain; charset={encoding}"), told)
    assert told.call_args.args[0] == "400 Bad Request"
