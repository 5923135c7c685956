"""What the schema says of pictures of people."""

from apps.accounts.docs.me import ME
from apps.accounts.serializers.me import MeSerializer
from apps.common.schema import describe, operation
from apps.media.serializers.avatar import AvatarUploadSerializer

avatar = describe(
    put=operation(
        "upload_avatar",
        "Upload a picture of oneself",
        MeSerializer,
        description="A form (`multipart/form-data`) with the image as `file`. Its middle becomes a square; turned "
        "upright, in sRGB, without any metadata. `avatar_url` then ends in `/192.webp`; beside it are `48.webp`, "
        "`96.webp` and `384.webp`, and the same in `.avif`. 20 uploads an hour. What is no image "
        "of these kinds is a 415, a damaged one a 400, one that is too large a 413, each with the pointer `/file`.",
        request=AvatarUploadSerializer,
        form=True,
        tag="me",
        example={**ME, "avatar_url": "/media/avatars/3f0c9a51d2b84e67a1c05d9e/192.webp"},
        request_example={"file": "(the bytes of portrait.jpg)"},
    ),
    delete=operation(
        "delete_avatar",
        "Remove one's picture",
        MeSerializer,
        description="Also one at another address. Files that were uploaded are removed within seconds; no picture is "
        "no error.",
        tag="me",
        example=ME,
    ),
)
