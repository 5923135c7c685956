"""Shapes of resumable uploads."""

from typing import Any

from rest_framework import serializers

from apps.common.serializers import OutputSerializer
from apps.media.models import Image, Upload
from apps.media.serializers.images import ImageSerializer, represent_image


class UploadSerializer(OutputSerializer):
    """An upload that can be taken up again where it broke off."""

    id = serializers.UUIDField()
    length = serializers.IntegerField(min_value=1, help_text="Bytes of the whole file.")
    offset = serializers.IntegerField(min_value=0, help_text="Bytes that have arrived.")
    expires_at = serializers.DateTimeField()
    image = ImageSerializer(allow_null=True, help_text="Once all has arrived.")

    def to_representation(self, instance: Upload) -> dict[str, Any]:
        return represent_upload(instance, instance.image if instance.is_complete else None)


def represent_upload(upload: Upload, image: Image | None) -> dict[str, Any]:
    """The members of an upload's answer."""
    return {
        "id": upload.pk,
        "length": upload.length,
        "offset": upload.offset,
        "expires_at": upload.expires_at,
        "image": represent_image(image) if image else None,
    }
