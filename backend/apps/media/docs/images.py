"""What the schema says of pictures for posts."""

from apps.common.schema import describe, operation
from apps.media.serializers import images as shapes

IMAGE = {
    "id": 12,
    "url": "/media/images/3f0c9a51d2b84e67a1c05d9e/image.jpg",
    "width": 1920,
    "height": 1280,
    "alt": "A ferry leaves the harbour in the rain.",
    "name": "harbour.jpg",
    "bytes": 4182220,
    "placeholder": "data:image/webp;base64,UklGRjoAAABXRUJQVlA4IC4AAACwAQCdASoQAAsAA4BaJZQCdAEO9/OaAAD++A==",
    "state": "ready",
    "renditions": [
        {
            "url": "/media/images/3f0c9a51d2b84e67a1c05d9e/640.avif",
            "type": "image/avif",
            "width": 640,
            "height": 427,
        },
    ],
    "created_at": "2026-01-31T12:00:00Z",
}

library = describe(
    list=operation(
        "list_images",
        "List one's own images",
        shapes.ImageSerializer,
        description="The caller's library, the newest first.",
        page=True,
        tag="images",
        example={"results": [IMAGE], "next": None, "previous": None},
    ),
    create=operation(
        "upload_image",
        "Upload an image",
        shapes.ImageSerializer,
        description="A form (`multipart/form-data`) with the image as `file`, for those who may write posts. It is "
        "decoded, turned upright, brought to sRGB and encoded anew, so that nothing of the file survives but its "
        "pixels. `url` can be shown at once; AVIF and WebP renditions at up to five widths follow within "
        "seconds (`state`). What is no image of these kinds is a 415, a damaged one a 400, one that is too large a "
        "413, each with the pointer `/file`. An image that nothing shows goes after seven days. Large files over "
        "poor lines: see `/api/v1/images/uploads`.",
        request=shapes.ImageUploadSerializer,
        status=201,
        form=True,
        tag="images",
        example={**IMAGE, "state": "processing", "renditions": []},
        request_example={"file": "(the bytes of harbour.jpg)", "alt": "A ferry leaves the harbour in the rain."},
    ),
)

images = describe(
    retrieve=operation(
        "get_image", "Read one of one's own images", shapes.ImageSerializer, tag="images", example=IMAGE
    ),
    partial_update=operation(
        "update_image",
        "Describe an image",
        shapes.ImageSerializer,
        description="Its alternative text, which is offered when it is put into a text.",
        request=shapes.ImageWriteSerializer,
        tag="images",
        example=IMAGE,
        request_example={"alt": "A ferry leaves the harbour in the rain."},
    ),
    destroy=operation(
        "delete_image",
        "Delete an image",
        None,
        description="With its files. While a post or page shows it, that is a 422 with the code `image_in_use`.",
        status=204,
        errors=[422],
        tag="images",
    ),
)
