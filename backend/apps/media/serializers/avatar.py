"""Shapes of pictures of people."""

from rest_framework import serializers

from apps.common.serializers import InputSerializer


class AvatarUploadSerializer(InputSerializer):
    """A form with one file."""

    file = serializers.FileField(
        help_text="JPEG, PNG or GIF up to 40 megapixels, WebP or AVIF up to 16; at most 10 MB, at least 48 × 48 pixels."
    )
