"""Bases of serializers. What goes out and what comes in have different shapes, so they are different classes."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail


class OutputSerializer(serializers.Serializer[Any]):
    """Declares an answer's shape for the schema; subclasses build the answer in `to_representation` by hand.

    DRF's own field-by-field walk costs more than the rest of a request; a test holds both to the same keys.
    """


class InputSerializer(serializers.Serializer[Any]):
    """Takes a request's body; members that are not declared are refused, so that a typo is not ignored."""

    default_error_messages = {"unknown_field": "There is no field of this name."}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            writable = {name for name, field in self.fields.items() if not field.read_only}
            unknown = sorted(set(data) - writable)
            if unknown:
                message = str(self.error_messages["unknown_field"])
                raise serializers.ValidationError(
                    {name[:80]: [ErrorDetail(message, code="unknown_field")] for name in unknown}
                )
        return super().to_internal_value(data)


def declared_names(serializer_class: type[serializers.Serializer[Any]]) -> list[str]:
    """Names of the members that a serializer declares."""
    return [str(name) for name in serializer_class().fields]
