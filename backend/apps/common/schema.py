"""The OpenAPI schema: how operations are described, and what the contract says of all of them.

@describe(
    list=operation("list_posts", "List posts", PostSummarySerializer, page=True, errors=[400]),
    create=operation("create_post", "Write a new draft", PostSerializer, request=..., status=201, errors=[...]),
)
class PostViewSet(ContractViewSet): ...
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_serializer,
    inline_serializer,
)
from rest_framework import serializers

from apps.common.renderers import PROBLEM_MEDIA_TYPE
from apps.common.scopes import ANY_SCOPE, needed_scopes

Shape = type[serializers.Serializer[Any]]

ERRORS = {
    400: "The request is malformed, or a value or parameter was not accepted.",
    401: "The caller is not signed in, or the access token is not good any more.",
    403: "The caller may see this but not do it, or the API token lacks the scope.",
    404: "There is nothing here that the caller may see.",
    409: "The first request with this Idempotency-Key is still running.",
    412: "Somebody changed it since the version in If-Match.",
    413: "The body is too large.",
    415: "The body is of a kind that is not taken here; nearly everywhere it must be JSON.",
    422: "The request is well-formed, but its meaning cannot be accepted.",
    428: "If-Match is missing.",
    429: "Too many requests; try again after Retry-After seconds.",
    503: "The service is not available right now; try again after Retry-After seconds.",
}
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The ETag of the version that you saw."
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="An ETag you have: 304 when nothing changed."
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="A random key that makes repeating this safe for 24 h."
)


class FieldErrorSerializer(serializers.Serializer[Any]):
    """One value that was not accepted: a place in the body (JSON pointer) or a query parameter."""

    pointer = serializers.CharField(required=False, allow_blank=True, max_length=500)
    parameter = serializers.CharField(required=False, max_length=100)
    detail = serializers.CharField(max_length=2000)
    code = serializers.CharField(max_length=100)


class ProblemSerializer(serializers.Serializer[Any]):
    """RFC 9457 problem details."""

    type = serializers.URLField(max_length=500)
    title = serializers.CharField(max_length=200)
    status = serializers.IntegerField(min_value=400, max_value=599)
    detail = serializers.CharField(max_length=10_000)
    code = serializers.CharField(max_length=100, help_text="Stable, for programs.")
    request_id = serializers.CharField(max_length=128, allow_blank=True)
    errors = FieldErrorSerializer(  # type: ignore[call-arg, assignment]
        many=True, required=False, max_length=1000
    )
    current_version = serializers.IntegerField(required=False, min_value=0, help_text="With 412.")
    until = serializers.DateTimeField(required=False, help_text="With `silenced` and `suspended`: when it ends.")
    needed_scopes = serializers.ListField(
        child=serializers.CharField(max_length=40),
        required=False,
        max_length=20,
        help_text="With `insufficient_scope`: any one of these would do.",
    )


class ProblemAwareSchema(AutoSchema):
    """Finds the query parameters that views declare with `query_serializers`."""

    def _get_request_body(self, direction: str = "request") -> Any:
        """Also of a DELETE, where one is declared: what is deleted with it may be a choice."""
        if self.method != "DELETE":
            return super()._get_request_body(direction)  # type: ignore[no-untyped-call]
        self.method = "POST"
        try:
            return super()._get_request_body(direction)  # type: ignore[no-untyped-call]
        finally:
            self.method = "DELETE"

    def get_override_parameters(self) -> list[Any]:
        declared = getattr(self.view, "query_serializers", {})
        name = getattr(self.view, "action", None) or self.method.lower()
        return [declared[name]] if name in declared else []

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        """As described, and which scope opens it to API tokens (see `scopes`)."""
        operation = super().get_operation(*args, **kwargs)
        if operation is not None and self.view.authentication_classes:
            _say_scopes(operation, needed_scopes(self.view, self.method))
        return operation


def _say_scopes(operation: dict[str, Any], needed: Sequence[str]) -> None:
    """Add the token to the ways of signing in, and what it needs to the description; for programs, as a list of scopes
    of which any one does. (In OpenAPI only OAuth's schemes may name scopes in `security`.)"""
    if {"bearer": []} not in operation.get("security", []):
        return
    names = [name for name in needed if name != ANY_SCOPE]
    if not needed:
        text = "Closed to API tokens."
    elif not names:
        text = "Open to every API token."
    else:
        text = f"API tokens need the scope {' or '.join(f'`{name}`' for name in names)}."
    operation["description"] = f"{operation['description']} {text}"
    if needed:
        operation["security"] = [*operation["security"], {"apiToken": []}]
        operation["x-token-scopes"] = names


def operation_errors(codes: Iterable[int]) -> dict[Any, Any]:
    """Problem responses of these status codes."""
    return {
        (code, PROBLEM_MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=ERRORS[code])
        for code in sorted(codes)
    }


@cache
def page_of(shape: Shape) -> Any:
    """The body of a list of `shape`, the same one for every such list."""
    name = shape.__name__.removesuffix("Serializer")
    page = inline_serializer(
        f"{name}Page",
        {
            "results": shape(many=True, max_length=100),  # type: ignore[call-arg]
            "next": serializers.URLField(allow_null=True, max_length=2000, help_text="The page after this one."),
            "previous": serializers.URLField(allow_null=True, max_length=2000, help_text="The page before this one."),
        },
    )
    extend_schema_serializer(many=False)(type(page))  # a list action answers one page, not a list of them
    return page


def operation(
    operation_id: str,
    summary: str,
    answer: Shape | None,
    *,
    description: str = "",
    request: Shape | None = None,
    status: int = 200,
    also: Mapping[int, Shape] | None = None,
    page: bool = False,
    if_match: bool = False,
    idempotent: bool = False,
    errors: Sequence[int] = (),
    public: bool = False,
    tag: str | None = None,
    example: Any = None,
    request_example: Any = None,
    form: bool = False,
    octets: str = "",
    parameters: Sequence[OpenApiParameter] = (),
) -> Callable[..., Any]:
    """One operation. `answer` is the shape of success (None for 204), `also` holds those of other 2xx answers;
    `errors` are those beyond the usual ones.

    `public` operations need no sign-in; a `form` takes its body as `multipart/form-data` and not as JSON, `octets`
    names the media type of one that takes plain bytes. The examples are run by a test against a real server.
    """
    is_read = status == 200 and request is None and answer is not None and not if_match
    codes = {400, 404, 429, 503, *errors}
    if not public:
        codes |= {401, 403}
    if request is not None or octets:
        codes |= {413, 415}
    if if_match:
        codes |= {412, 428}
    if idempotent:
        codes |= {409, 422}
    examples = []
    if example is not None:
        examples.append(OpenApiExample("answer", value=example, response_only=True, status_codes=[str(status)]))
    if request_example is not None:
        kind = octets or ("multipart/form-data" if form else "application/json")
        examples.append(OpenApiExample("request", value=request_example, request_only=True, media_type=kind))
    success: Any = OpenApiResponse(description="Done.") if answer is None else (page_of(answer) if page else answer)
    responses: dict[Any, Any] = {status: success, **(also or {})}
    responses.update(operation_errors(codes))
    headers = [
        *([IF_MATCH] if if_match else []),
        *([IDEMPOTENCY_KEY] if idempotent else []),
        *([IF_NONE_MATCH] if is_read else []),
    ]
    return extend_schema(
        operation_id=operation_id,
        summary=summary,
        description=description or f"{summary}.",
        request={octets: OpenApiTypes.BINARY} if octets else request,
        responses=responses,
        parameters=[*headers, *parameters],
        examples=examples or None,
        auth=[{}, {"bearer": []}] if public else [{"bearer": []}],  # type: ignore[list-item]
        tags=[tag] if tag else None,
    )


def describe(**operations: Callable[..., Any]) -> Callable[[type], type]:
    """Attach descriptions to the actions (or methods) of a view."""

    def decorate(view: type) -> type:
        for name, description in operations.items():
            setattr(view, name, description(getattr(view, name)))
        return view

    return decorate
