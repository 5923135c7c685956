"""Shapes of the addresses that people name in their profile."""

from typing import Any

from rest_framework import serializers

from apps.accounts.models.user import web_url
from apps.common.serializers import InputSerializer, OutputSerializer

MAX_LINKS = 5
MAX_LABEL = 40
MAX_ADDRESS = 300


class LinkSerializer(OutputSerializer):
    """A further address of a person."""

    label = serializers.CharField(max_length=MAX_LABEL)  # type: ignore[assignment]
    url = serializers.CharField(max_length=MAX_ADDRESS)


class LinkWriteSerializer(InputSerializer):
    """A further address: what it is, and where."""

    label = serializers.CharField(max_length=MAX_LABEL)  # type: ignore[assignment]
    url = serializers.CharField(max_length=MAX_ADDRESS, validators=[web_url], help_text="http or https.")

    def validate_label(self, value: str) -> str:
        """In one line."""
        return " ".join(value.split())

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {"label": attrs["label"], "url": attrs["url"]}
