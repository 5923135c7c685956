"""Problem documents (RFC 9457): the one shape of every error under /api, whoever raises it."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template import loader
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from apps.common.errors import DomainError, FieldProblem, Moved
from apps.common.renderers import PROBLEM_MEDIA_TYPE, render_json
from apps.common.wording import in_the_callers_words

logger = structlog.get_logger(__name__)

TITLES = {
    400: "The request is not valid",
    401: "Sign in to do this",
    403: "You may not do this",
    404: "There is nothing here",
    405: "This address does not take that method",
    406: "That format is not available",
    413: "The request is too large",
    415: "That content type is not understood",
    429: "Too many requests",
    500: "Something went wrong on our side",
    503: "The service is not available right now",
}


def problem_document(
    request: HttpRequest, *, status: int, code: str, title: str = "", detail: str = "", **extra: Any
) -> dict[str, Any]:
    """The members of a problem document; `type` is an address in the API's own documentation."""
    title = in_the_callers_words(title or TITLES.get(status) or HTTPStatus(status).phrase)
    if "errors" in extra:
        detail, extra["errors"] = _translated(detail, extra["errors"])
    else:
        detail = in_the_callers_words(detail)
    return {
        "type": f"{settings.PUBLIC_URL}/api/docs#problem-{code.replace('_', '-')}",
        "title": title,
        "status": status,
        "detail": detail or title,
        "code": code,
        "request_id": getattr(request, "request_id", ""),
        **extra,
    }


def _translated(detail: str, errors: list[dict[str, str]]) -> tuple[str, list[dict[str, str]]]:
    """The rows, and the detail, which often is what some of them say one after the other."""
    rows = [{**row, "detail": in_the_callers_words(row["detail"])} for row in errors]
    for count in range(1, len(errors) + 1):
        if detail == " ".join(row["detail"] for row in errors[:count]):
            return " ".join(row["detail"] for row in rows[:count]), rows
    return in_the_callers_words(detail), rows


def problem_response(
    request: HttpRequest, *, status: int, code: str, detail: str = "", title: str = "", **extra: Any
) -> HttpResponse:
    """A finished problem response, for the places that DRF does not reach."""
    document = problem_document(request, status=status, code=code, title=title, detail=detail, **extra)
    return HttpResponse(
        render_json(document),
        status=status,
        content_type=PROBLEM_MEDIA_TYPE,
        headers={"Cache-Control": "no-store"},
    )


def _pointer(parts: list[str]) -> str:
    """A JSON pointer (RFC 6901) to a place in the request body; the whole body is the empty pointer."""
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def _flatten(detail: Any, path: list[str]) -> Iterator[dict[str, str]]:
    """Rows of `pointer`, `detail`, `code` for every message in DRF's nested error structure."""
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            yield from _flatten(value, path if key == "non_field_errors" else [*path, str(key)])
    elif isinstance(detail, list):
        for index, value in enumerate(detail):
            nested = isinstance(value, Mapping | list)
            yield from _flatten(value, [*path, str(index)] if nested else path)
    else:
        yield {"pointer": _pointer(path), "detail": str(detail), "code": getattr(detail, "code", "invalid")}


def _from_validation(error: exceptions.ValidationError) -> dict[str, Any]:
    errors = list(_flatten(error.detail, []))
    return {
        "status": 400,
        "code": "validation_failed",
        "title": "Some values were not accepted",
        "detail": " ".join(row["detail"] for row in errors[:5]),
        "errors": errors,
    }


def _from_domain(error: DomainError) -> dict[str, Any]:
    members: dict[str, Any] = {
        "status": error.status,
        "code": error.code,
        "title": error.title,
        "detail": error.message,
    }
    if isinstance(error, FieldProblem):
        members["errors"] = [
            {"pointer": f"/{error.field}", "detail": error.message, "code": error.field_code},
        ]
    return {**members, **error.extra}


def _members(error: Exception) -> dict[str, Any] | None:
    """What the problem document says, or None for an error that nobody foresaw."""
    match error:
        case DomainError():
            return _from_domain(error)
        case exceptions.ValidationError():
            return _from_validation(error)
        case exceptions.ParseError():
            return {"status": 400, "code": "malformed", "detail": str(error.detail)}
        case exceptions.APIException():
            code = getattr(error.detail, "code", None) or error.default_code
            return {"status": error.status_code, "code": code, "detail": _first_message(error.detail)}
        case Http404():
            return {"status": 404, "code": "not_found", "detail": "Nothing was found at this address."}
        case PermissionDenied():
            return {"status": 403, "code": "permission_denied", "detail": str(error)}
        case RequestDataTooBig() | TooManyFieldsSent():
            return {"status": 413, "code": "too_large", "detail": "The body may hold 2 MB at most."}
        case SuspiciousOperation():
            return {"status": 400, "code": "malformed", "detail": "The request is not valid."}
        case OperationalError() | InterfaceError():
            return {
                "status": 503,
                "code": "unavailable",
                "detail": "The database is away. Try again shortly.",
            }
    return None


def _first_message(detail: Any) -> str:
    """A sentence from DRF's detail, which may be text, a list or a mapping."""
    if isinstance(detail, Mapping):
        return _first_message(detail.get("detail") or next(iter(detail.values()), ""))
    if isinstance(detail, list):
        return _first_message(detail[0]) if detail else ""
    return str(detail)


def problem_of(request: HttpRequest, error: Exception) -> dict[str, Any]:
    """The document of an expected error that is a part of an answer, not all of it. Others are raised again."""
    members = _members(error)
    if members is None:
        raise error
    return problem_document(request, **members)


def exception_handler(error: Exception, context: dict[str, Any]) -> Response:
    """DRF's exception handler: every error leaves as a problem document, an unforeseen one as a plain 500."""
    request: HttpRequest = context["request"]
    if isinstance(error, Moved):
        return Response(status=status.HTTP_308_PERMANENT_REDIRECT, headers={"Location": error.location})
    members = _members(error)
    headers = _headers(error)
    if members is None:
        logger.error("request.failed", exc_info=error)
        members = {
            "status": 500,
            "code": "internal_error",
            "detail": "The error was recorded. Try again later.",
        }
    elif members["status"] == status.HTTP_503_SERVICE_UNAVAILABLE:
        logger.error("database.away", error=str(error))
        headers["Retry-After"] = "5"
    if not isinstance(error, DatabaseError):
        set_rollback()
    response = Response(problem_document(request, **members), status=members["status"], headers=headers)
    response.content_type = PROBLEM_MEDIA_TYPE
    return response


def _headers(error: Exception) -> dict[str, str]:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    wait = getattr(error, "retry_after", None) or getattr(error, "wait", None)
    if wait:
        headers["Retry-After"] = str(int(wait) + (int(wait) < wait))
    return headers


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _page(request: HttpRequest, code: int) -> HttpResponse:
    """An error page for people, in the publication's look."""
    html = loader.render_to_string("error.html", {"code": code, "title": TITLES[code]}, request=None)
    return HttpResponse(html, status=code)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """`handler400`."""
    if _is_api(request):
        return problem_response(request, status=400, code="malformed", detail="The request is not valid.")
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """`handler403`."""
    if _is_api(request):
        return problem_response(request, status=403, code="permission_denied")
    return _page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF check refused a form (the admin's)."""
    return forbidden(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """`handler404`."""
    if _is_api(request):
        return problem_response(request, status=404, code="not_found", detail="Nothing was found at this address.")
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """`handler500`."""
    if _is_api(request):
        return problem_response(request, status=500, code="internal_error")
    return _page(request, 500)
