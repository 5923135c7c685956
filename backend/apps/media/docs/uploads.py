"""What the schema says of resumable uploads."""

from drf_spectacular.utils import OpenApiParameter

from apps.common.schema import describe, operation
from apps.media.parsers import OctetsParser
from apps.media.serializers.images import ImageSerializer
from apps.media.serializers.uploads import UploadSerializer
from apps.media.services.library import MAX_PICTURE_BYTES


def _header(name: str, description: str, kind: type[str | int] = str, *, required: bool = False) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.HEADER, required=required, description=description)


_VERSION = _header("Tus-Resumable", "The protocol's version: `1.0.0`. Another one is a 412.")
_LENGTH = _header("Upload-Length", f"Bytes of the whole file, at most {MAX_PICTURE_BYTES}.", int, required=True)
_METADATA = _header(
    "Upload-Metadata", "Pairs of a name and the base64 of a text, separated by commas: `filename`, `alt`."
)
_OFFSET = _header("Upload-Offset", "Bytes that have arrived: where this piece goes on.", int, required=True)
_UPLOAD = {
    "id": "0d6f7c0e-6f5a-4b57-9f7f-3d4c0a1be0aa",
    "length": 4182220,
    "offset": 1048576,
    "expires_at": "2026-02-01T12:00:00Z",
    "image": None,
}

uploads = describe(
    post=operation(
        "begin_upload",
        "Begin a resumable upload of an image",
        UploadSerializer,
        description="For large files and poor lines, by the protocol tus 1.0.0 (core, creation, expiration, "
        "termination), so that its ready-made clients work. `Location` is where the file goes, piece by piece. At most "
        "ten on their way at a time, each for a day; they count among the uploads of the hour.",
        status=201,
        errors=[412, 413],
        parameters=[_LENGTH, _METADATA, _VERSION],
        tag="images",
        example={**_UPLOAD, "offset": 0},
    )
)

upload = describe(
    get=operation(
        "get_upload",
        "See how far an upload is",
        UploadSerializer,
        description="HEAD says the same in `Upload-Offset` and `Upload-Length`. Once all has arrived, `image` is the "
        "image. Whatever was counted as arrived is never lost.",
        errors=[412, 413, 415],
        parameters=[_VERSION],
        tag="images",
        example=_UPLOAD,
    ),
    patch=operation(
        "continue_upload",
        "Send a piece of an upload",
        None,
        description="The bytes from `Upload-Offset` on; of a piece that breaks off, what had come is kept. The answer "
        "names the new `Upload-Offset`. The last piece makes it an image, whose address is in `Content-Location`; "
        "with an `Accept` that names `application/json` the answer is the image itself. A file that is refused then is "
        "forgotten.",
        octets=OctetsParser.media_type,
        status=204,
        also={200: ImageSerializer},
        errors=[409, 412],
        parameters=[_OFFSET, _VERSION],
        tag="images",
        request_example="(bytes of the file)",
    ),
    delete=operation(
        "cancel_upload",
        "Break off an upload",
        None,
        description="What has arrived is forgotten. An image that was finished stays.",
        status=204,
        errors=[412],
        parameters=[_VERSION],
        tag="images",
    ),
)
