"""The schema at /api/v1/schema and its page for people at /api/docs; every file of it is served by us."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request

from apps.common.conditional import entity_tag
from apps.common.permissions import ReadOnly
from apps.common.requests import django_request
from apps.common.schema import operation_errors
from apps.common.scopes import ANY_SCOPE
from apps.common.views import ContractView

_MEDIA_TYPES = {"yaml": "application/yaml", "json": "application/vnd.oai.openapi+json"}


@cache
def schema_text(fmt: str) -> bytes:
    """The whole schema as YAML or JSON; made once a process."""
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    renderer = OpenApiJsonRenderer() if fmt == "json" else OpenApiYamlRenderer()
    text = renderer.render(schema, renderer_context={})
    return text if isinstance(text, bytes) else text.encode()


class SchemaQuery(serializers.Serializer[Any]):
    format = serializers.ChoiceField(required=False, choices=sorted(_MEDIA_TYPES))


class _AnyAccept(BaseContentNegotiation):
    """Whatever the caller accepts, the answer is chosen in the view."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class SchemaView(ContractView):
    """OpenAPI 3.1. `?format=json|yaml` chooses; without it the Accept header does, YAML being the default."""

    permission_classes = [ReadOnly]
    scopes = {"get": ANY_SCOPE}
    content_negotiation_class = _AnyAccept
    query_serializers = {"get": SchemaQuery}

    @extend_schema(
        operation_id="get_schema",
        summary="Read this schema",
        description="As YAML or JSON, by `format` or by the Accept header.",
        responses={
            (200, "application/yaml"): OpenApiResponse({"type": "object"}, description="The schema."),
            (200, "application/vnd.oai.openapi+json"): OpenApiResponse({"type": "object"}, description="The schema."),
            **operation_errors({400, 429, 503}),
        },
        parameters=[OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER)],
        tags=["schema"],
        auth=[{}],  # type: ignore[list-item]
    )
    def get(self, request: Request) -> HttpResponse:
        accept = request.headers.get("Accept", "")
        fmt = self.query.get("format") or ("json" if "json" in accept and "yaml" not in accept else "yaml")
        content = schema_text(fmt)
        response = HttpResponse(content, content_type=_MEDIA_TYPES[fmt])
        patch_vary_headers(response, ["Accept"])
        tag = entity_tag(0, content)
        response.headers["ETag"] = tag
        answer = get_conditional_response(django_request(request), etag=tag, response=response)
        return answer or response


@require_safe
def docs_page(request: HttpRequest) -> HttpResponse:
    """The schema for people: Swagger UI, started by a script file of ours so that the content policy holds."""
    return render(request, "common/api_docs.html")
