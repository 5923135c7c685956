"""The bytes of a picture as they were sent: written in parts, read again as a file, and forgotten."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO

from django.db import transaction
from django.utils import timezone

from apps.media.models import Image, Upload, UploadPart

PART = 512 * 1024
KEPT_OPEN = timedelta(days=1)
"""How long an upload may take."""


@transaction.atomic
def keep_source(image: Image, file: IO[bytes], size: int) -> Upload:
    """Keep the whole file for the worker."""
    upload = Upload.objects.create(image=image, length=size, offset=size, expires_at=timezone.now() + KEPT_OPEN)
    file.seek(0)
    start = 0
    while piece := file.read(PART):
        UploadPart.objects.create(upload=upload, start=start, content=piece)
        start += len(piece)
    return upload


@contextmanager
def source_of(upload: Upload) -> Iterator[IO[bytes]]:
    """The parts as one file, on disk so that memory does not grow with it."""
    with TemporaryFile() as file:
        for content in upload.parts.order_by("start").values_list("content", flat=True).iterator(chunk_size=2):
            file.write(content)
        file.seek(0)
        yield file
