"""Shapes of the picture at the top of a post, going out and coming in."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from apps.common.fields import WebUrlField
from apps.common.serializers import InputSerializer, OutputSerializer
from apps.media.renditions import PLACEHOLDER_BYTES
from apps.media.serializers.images import RenditionSerializer, represent_renditions
from apps.posts.models import Post

TOLD_OF_COVERS = frozenset({"width", "height", "placeholder", "renditions"})
"""What answers tell of a cover beside what a write may set."""


class CoverSerializer(InputSerializer):
    """The picture at the top of a post. What answers tell beside these two may be sent back; it changes nothing."""

    url = WebUrlField(max_length=1000)
    alt = serializers.CharField(max_length=500, allow_blank=True, default="")

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            data = {name: value for name, value in data.items() if name in self.fields or name not in TOLD_OF_COVERS}
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A cover is replaced as a whole, also when only some members of the post are sent."""
        if "url" not in attrs:
            raise serializers.ValidationError({"url": [ErrorDetail("This field is required.", code="required")]})
        return attrs


class ShownCoverSerializer(OutputSerializer):
    """The picture at the top of a post; of one of this site, the sizes that there are, too."""

    url = serializers.CharField(max_length=1000)
    alt = serializers.CharField(max_length=500, allow_blank=True)
    width = serializers.IntegerField(
        min_value=1, allow_null=True, help_text="Of what is at `url`, in pixels; null where that is not known."
    )
    height = serializers.IntegerField(min_value=1, allow_null=True)
    placeholder = serializers.CharField(
        max_length=PLACEHOLDER_BYTES, allow_blank=True, help_text="A tiny picture as a `data:` address."
    )
    renditions = RenditionSerializer(  # type: ignore[call-arg]
        many=True, max_length=20, help_text="AVIF and WebP, narrow ones first. Empty for a picture from elsewhere."
    )


def represent_cover(post: Post) -> dict[str, Any] | None:
    """The members of a cover's answer, or None where there is none. Runs no query on posts from `with_relations`."""
    if not post.cover_url:
        return None
    image = post.shown_cover
    return {
        "url": post.cover_url,
        "alt": post.cover_alt,
        "width": (image and image.width) or None,
        "height": (image and image.height) or None,
        "placeholder": image.placeholder if image else "",
        "renditions": represent_renditions(image) if image else [],
    }
