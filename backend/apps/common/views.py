"""The base of every API view: what the contract asks of all of them happens here, once."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, QuerySet
from django.utils.cache import patch_vary_headers
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed, MethodNotAllowed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSetMixin

from apps.common.conditional import entity_tag, expected_versions, none_match
from apps.common.errors import DomainError, InvalidParameters
from apps.common.pagination import Order, Page, page_response, paginate, paginate_together
from apps.common.scopes import ScopeTable, needed_scopes, require_scope
from apps.common.throttling import RateState

M = TypeVar("M", bound=Model)


class ContractView(APIView):
    """Query parameters, entity tags, caching and rate-limit headers for one resource.

    Subclasses name a serializer for the query parameters of each action (or method); an unknown parameter is a 400.
    """

    query_serializers: ClassVar[Mapping[str, type[serializers.Serializer[Any]]]] = {}
    scopes: ClassVar[ScopeTable] = {}
    """For each action (or method) the scope that opens it to API tokens; what is not named is closed to them."""
    answers_hold_credentials: bool = False
    """Kept by nobody on the way; an action that shows a secret once sets it for its answer alone."""
    query: dict[str, Any]
    resource_version: int | None = None
    """Set by an action whose answer has no `version` member of its own."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """As DRF's, but a refused caller is counted as well."""
        if not hasattr(self, (request.method or "").lower()):
            raise MethodNotAllowed(request.method or "")  # before anything else is found wrong with the request
        self.format_kwarg = self.get_format_suffix(**kwargs)
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(request)
        try:
            self.perform_authentication(request)
        except AuthenticationFailed:
            self.check_throttles(request)
            raise
        self.check_throttles(request)
        _raise_refusal(request.auth)
        require_scope(request.auth, needed_scopes(self, request.method or ""))
        self.check_permissions(request)
        self.query = self._read_query(request)

    def _read_query(self, request: Request) -> dict[str, Any]:
        name = getattr(self, "action", None) or (request.method or "").lower()
        serializer_class = self.query_serializers.get(name)
        given = request.query_params.dict()
        if not given:
            return dict(_defaults(serializer_class)) if serializer_class else {}
        serializer = serializer_class(data=given) if serializer_class else None
        known = set(serializer.fields) if serializer else set()
        unknown = sorted(set(given) - known)
        if unknown or serializer is None:
            raise InvalidParameters([_unknown_parameter(parameter, known) for parameter in unknown])
        if not serializer.is_valid():
            raise InvalidParameters(
                [
                    {"parameter": name, "detail": str(message), "code": getattr(message, "code", "invalid")}
                    for name, messages in serializer.errors.items()
                    for message in _messages(messages)
                ]
            )
        return dict(serializer.validated_data)

    def expected_versions(self) -> set[int]:
        """The versions that the caller's If-Match accepts; 428 without the header."""
        return expected_versions(self.request.headers.get("If-Match"))

    def page(self, queryset: QuerySet[M], order: Order) -> Page[M]:
        """The page of the queryset that `cursor` and `limit` ask for."""
        return paginate(queryset, order, cursor=self.query.get("cursor"), limit=self.query["limit"])

    def page_together(self, querysets: Sequence[QuerySet[M]], order: Order) -> Page[M]:
        """The same of several querysets that have no row in common."""
        return paginate_together(querysets, order, cursor=self.query.get("cursor"), limit=self.query["limit"])

    def page_response(self, page: Page[Any], results: Sequence[Any]) -> Response:
        return page_response(self.request, page, results)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        state: RateState | None = getattr(getattr(request, "_request", request), "rate_state", None)
        if state is not None:
            for name, value in state.headers().items():
                response.headers[name] = value
        self._set_caching(request, response)
        if isinstance(response, Response) and response.status_code in {200, 201}:
            return self._conditional(request, response)
        return response

    def _set_caching(self, request: Any, response: Any) -> None:
        patch_vary_headers(response, ["Accept", "Authorization"])
        if "Cache-Control" in response.headers:
            return
        if self.answers_hold_credentials or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        elif "Authorization" in request.headers:
            response.headers["Cache-Control"] = "private, no-cache"
        else:
            response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"

    def _conditional(self, request: Any, response: Response) -> Any:
        """Add the entity tag; answer 304 when the caller has this representation already."""
        if self.answers_hold_credentials:
            return response
        version = self.resource_version
        if version is None and isinstance(response.data, Mapping):
            version = response.data.get("version")
        response.render()
        tag = entity_tag(version or 0, response.content)
        response.headers["ETag"] = tag
        header = request.headers.get("If-None-Match")
        if header and request.method in {"GET", "HEAD"} and none_match(header, tag):
            response.status_code = 304
            response.content = b""
            response.headers.pop("Content-Type", None)
        return response


class ContractViewSet(ViewSetMixin, ContractView):
    """The same, for viewsets. Actions are written out: no generic create, update or list that nobody reads."""


def _raise_refusal(credential: Any) -> None:
    """A credential may be good and yet open nothing here; who checked it has left the reason on it."""
    refusal: DomainError | None = getattr(credential, "refusal", None)
    if refusal is not None:
        raise refusal


@cache
def _defaults(serializer_class: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """What a request without parameters asks for."""
    serializer = serializer_class(data={})
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _messages(messages: Any) -> list[Any]:
    return messages if isinstance(messages, list) else [messages]


def _unknown_parameter(name: str, known: set[str]) -> dict[str, str]:
    hint = f" Known here: {', '.join(sorted(known))}." if known else " This address takes none."
    return {
        "parameter": name[:80],
        "detail": f"There is no parameter {name[:80]!r}.{hint}",
        "code": "unknown_parameter",
    }
