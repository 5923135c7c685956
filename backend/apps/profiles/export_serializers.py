"""Shapes of exports."""

from typing import Any

from rest_framework import serializers

from apps.common.serializers import OutputSerializer
from apps.profiles.models import Export


class ExportSerializer(OutputSerializer):
    """How far an archive is."""

    status = serializers.ChoiceField(
        choices=[("none", "none"), *Export.Status.choices], help_text="After `failed`, asking again begins anew."
    )
    requested_at = serializers.DateTimeField(allow_null=True)
    ready_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True, help_text="It is deleted then.")
    size = serializers.IntegerField(min_value=0, allow_null=True, help_text="In bytes, once it is ready.")

    def to_representation(self, instance: Export | None) -> dict[str, Any]:
        if instance is None:
            return {"status": "none", "requested_at": None, "ready_at": None, "expires_at": None, "size": None}
        return {
            "status": instance.status,
            "requested_at": instance.requested_at,
            "ready_at": instance.ready_at,
            "expires_at": instance.expires_at,
            "size": instance.size,
        }
