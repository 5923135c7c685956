"""Bases of serializers. What goes out and what comes in have different shapes, so they are different classes."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail


class OutputSerializer(serializers.Serializer[Any]):
    """Declares an answer's shape for the schema; subclasses build the answer in `to_representation` by hand.

    DRF's own field-by-field walk costs more than the rest of a request; a test holds both to the same keys.
    """


class InputSerializer(serializers.Serializer[Any]):
    """Takes a request's body; members that are not declared are refused, so that a typo is not ignored.

    A value of another JSON type than the schema says is refused too: DRF alone takes 0 for a text and "yes" for true.
    """

    default_error_messages = {
        "unknown_field": "There is no field of this name.",
        "wrong_type": "This must be a {expected}.",
    }

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            writable = {name for name, field in self.fields.items() if not field.read_only}
            unknown = sorted(set(data) - writable)
            if unknown:
                message = str(self.error_messages["unknown_field"])
                raise serializers.ValidationError(
                    {name[:80]: [ErrorDetail(message, code="unknown_field")] for name in unknown}
                )
            self._refuse_other_types(data)
        return super().to_internal_value(data)

    def _refuse_other_types(self, data: dict[str, Any]) -> None:
        template = str(self.error_messages["wrong_type"])
        wrong = {
            name: [ErrorDetail(template.format(expected=expected), code="wrong_type")]
            for name, field in self.fields.items()
            if name in data and (expected := _other_type(field, data[name]))
        }
        if wrong:
            raise serializers.ValidationError(wrong)


def _other_type(field: Any, value: Any) -> str:
    """What the value should have been, or nothing when its type is right. Null is each field's own business."""
    if value is None:
        return ""
    if isinstance(field, serializers.ListField) and isinstance(value, list):
        return next((f"list of {kind}s" for item in value if (kind := _other_type(field.child, item))), "")
    if isinstance(field, serializers.CharField):
        return "" if isinstance(value, str) else "text"
    if isinstance(field, serializers.BooleanField):
        return "" if isinstance(value, bool) else "truth value"
    if isinstance(field, serializers.IntegerField):
        return "" if isinstance(value, int) and not isinstance(value, bool) else "whole number"
    return ""


def declared_names(serializer_class: type[serializers.Serializer[Any]]) -> list[str]:
    """Names of the members that a serializer declares."""
    return [str(name) for name in serializer_class().fields]
