"""The OpenAPI schema's view of our views: query parameters, problems and headers that all operations share."""

from typing import Any

from drf_spectacular.openapi import AutoSchema


class ProblemAwareSchema(AutoSchema):
    """Adds to each operation what the contract says of all of them."""

    def get_override_parameters(self) -> list[Any]:
        serializers = getattr(self.view, "query_serializers", {})
        name = getattr(self.view, "action", None) or self.method.lower()
        return [serializers[name]] if name in serializers else []
