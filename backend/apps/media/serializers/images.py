"""Shapes of pictures for posts."""

from typing import Any

from rest_framework import serializers

from apps.common.pagination import PageQuery
from apps.common.serializers import InputSerializer, OutputSerializer
from apps.media.models import Image
from apps.media.renditions import PLACEHOLDER_BYTES
from apps.media.storage import address_of

MAX_ALT = 500
SHOWN_STATES = [choice for choice in Image.State.choices if choice[0] != Image.State.RECEIVING]


class RenditionSerializer(OutputSerializer):
    """The image in one width and kind."""

    url = serializers.CharField(max_length=1000)
    type = serializers.CharField(max_length=40, help_text="Media type.")
    width = serializers.IntegerField(min_value=1)
    height = serializers.IntegerField(min_value=1)


class ImageSerializer(OutputSerializer):
    """A picture in one's library."""

    id = serializers.IntegerField(min_value=1)
    url = serializers.CharField(
        max_length=1000, help_text="What a text names: `![alt](url)`, or a post's cover. Within the site, and for good."
    )
    width = serializers.IntegerField(min_value=1, help_text="Of what is at `url`, in pixels.")
    height = serializers.IntegerField(min_value=1)
    alt = serializers.CharField(max_length=MAX_ALT, allow_blank=True, help_text="What is to be seen, in words.")
    name = serializers.CharField(max_length=200, allow_blank=True, help_text="Name of the file that was sent.")
    bytes = serializers.IntegerField(min_value=0, help_text="Size of the file that was sent.")
    placeholder = serializers.CharField(
        max_length=PLACEHOLDER_BYTES,
        allow_blank=True,
        help_text="A tiny picture as a `data:` address, to show until the real one is there. Empty for one that can be "
        "seen through, and until a very large one was read.",
    )
    state = serializers.ChoiceField(
        choices=SHOWN_STATES,
        help_text="`processing`: the renditions are still being made; of a very large file, `url` too. `failed`: the "
        "file turned out to be damaged.",
    )
    renditions = RenditionSerializer(  # type: ignore[call-arg]
        many=True, max_length=20, help_text="AVIF and WebP, at up to five widths, once they are there."
    )
    created_at = serializers.DateTimeField()

    def to_representation(self, instance: Image) -> dict[str, Any]:
        return represent_image(instance)


def represent_image(image: Image) -> dict[str, Any]:
    """The members of an image's answer."""
    return {
        "id": image.pk,
        "url": image.url(image.shown),
        "width": image.width,
        "height": image.height,
        "alt": image.alt,
        "name": image.name,
        "bytes": image.bytes,
        "placeholder": image.placeholder,
        "state": image.state,
        "renditions": represent_renditions(image),
        "created_at": image.created_at,
    }


def represent_renditions(image: Image) -> list[dict[str, Any]]:
    """The image in all the widths and kinds that there are of it."""
    return [
        {"url": address_of(image.path(name)), "type": kind, "width": width, "height": height}
        for name, kind, width, height in image.renditions
    ]


class ImageListQuery(PageQuery):
    """What the library can be asked for."""

    q = serializers.CharField(
        required=False, max_length=100, help_text="Part of the alternative text or of the file's name."
    )


class ImageWriteSerializer(InputSerializer):
    """What can be changed of a picture."""

    alt = serializers.CharField(
        max_length=MAX_ALT,
        allow_blank=True,
        help_text="What is to be seen, in words. Texts that show the image already keep theirs.",
    )


class ImageUploadSerializer(InputSerializer):
    """A form with one file."""

    file = serializers.FileField(
        help_text="JPEG, PNG or GIF up to 40 megapixels, WebP or AVIF up to 16; at most 25 MB. Of an animation, the "
        "first picture is kept."
    )
    alt = serializers.CharField(max_length=MAX_ALT, allow_blank=True, default="")
