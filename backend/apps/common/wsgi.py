"""Where the server hands requests to Django."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters


class Utf8Request(WSGIRequest):
    """A request in UTF-8, whatever its Content-Type says.

    Django would read addresses in any encoding that Python knows: some raise before there is anybody to answer, and in
    others the same address asks for something else, which caches then keep for those who meant what it says.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class Utf8Handler(WSGIHandler):
    """Django's own, with such requests."""

    request_class = Utf8Request
