"""Django's request inside that of the REST framework."""

from django.http import HttpRequest
from rest_framework.request import Request


def django_request(request: Request) -> HttpRequest:
    """What came through the middleware, for code that knows nothing of the REST framework. It has no public name."""
    return request._request  # noqa: SLF001
