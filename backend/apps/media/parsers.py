"""Files in."""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.parsers import BaseParser, MultiPartParser

from apps.media.errors import FileTooLarge
from apps.media.services.avatars import MAX_BYTES
from apps.media.services.library import MAX_PICTURE_BYTES

ENVELOPE = 64 * 1024
"""What may stand around the file in a form. Nginx allows the same: see nginx/templates/."""


class UploadParser(MultiPartParser):
    """A form with a file, refused by its length before any of it is read."""

    most = MAX_BYTES

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        request = (parser_context or {})["request"]
        if int(request.META.get("CONTENT_LENGTH") or 0) > self.most + ENVELOPE:
            raise FileTooLarge(f"The file may have {self.most // 2**20} MB at most.")
        return super().parse(stream, media_type, parser_context)


class PictureParser(UploadParser):
    most = MAX_PICTURE_BYTES


class OctetsParser(BaseParser):
    """Plain bytes, left in their stream."""

    media_type = "application/offset+octet-stream"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        return stream
