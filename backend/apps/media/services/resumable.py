"""Uploads that can be taken up again where they broke off, as tus 1.0 has it (https://tus.io/protocols/resumable-upload).

Each part is in the database before its bytes are counted as arrived, so nothing that was counted is ever lost, and any
web process can go on with what another began.
"""

from collections.abc import Iterator
from typing import IO
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.common.errors import TooManyAttempts
from apps.media.errors import FileTooLarge, NotAnImage, OffsetConflict, UploadRefused
from apps.media.images import ASK_FOR_AN_IMAGE, looks_like_an_image
from apps.media.models import Image, Upload, UploadPart
from apps.media.services.files import HOUR
from apps.media.services.library import begin_picture, first_look, hand_over
from apps.media.services.uploads import KEPT_OPEN, PART, source_of

OPEN_UPLOADS = 10
"""How many an account may have on their way."""


@transaction.atomic
def begin_upload(*, user: User, length: int, name: str, alt: str, metadata: str) -> Upload:
    """Make room for a picture of so many bytes. Raises FileTooLarge and TooManyAttempts."""
    image = begin_picture(user=user, size=length, name=name, alt=alt)
    on_their_way = Upload.objects.filter(
        image__owner=user, image__state=Image.State.RECEIVING, image__retired_at__isnull=True
    )
    if on_their_way.filter(expires_at__gt=timezone.now()).count() >= OPEN_UPLOADS:
        raise TooManyAttempts(round(HOUR.total_seconds()))
    return Upload.objects.create(image=image, length=length, metadata=metadata, expires_at=timezone.now() + KEPT_OPEN)


def upload_of(user: User, key: UUID) -> Upload | None:
    """The upload, if it is the user's and has not expired."""
    uploads = Upload.objects.select_related("image").filter(pk=key, image__owner=user, image__retired_at__isnull=True)
    return uploads.filter(expires_at__gt=timezone.now()).first()


def append(upload: Upload, stream: IO[bytes], *, offset: int, announced: int) -> None:
    """Add what the stream holds, from `offset` on, part by part: whatever has come before the line broke is kept.
    `announced`: the bytes that the sender means to send.

    Raises OffsetConflict where `offset` is not what has arrived, FileTooLarge for more than there is room for, and
    NotAnImage as soon as the beginning shows it.
    """
    if offset != upload.offset:
        raise OffsetConflict(upload.offset)
    if announced > upload.length - offset:
        raise FileTooLarge(f"This upload was begun for {upload.length} bytes.")
    for piece in _pieces(stream, upload.length - offset):
        if upload.offset == 0 and not looks_like_an_image(piece):
            forget_upload(upload)
            raise NotAnImage(ASK_FOR_AN_IMAGE)
        _add(upload, piece)


def finish(upload: Upload) -> Image:
    """Take in the picture that has arrived; the same one when asked again. Raises as `add_picture` does: what is no
    good is forgotten, so that its sender begins anew."""
    image = upload.image
    if image.state != Image.State.RECEIVING:
        return image
    try:
        with source_of(upload) as file:
            first_look(image, file)
    except UploadRefused:
        forget_upload(upload)
        raise
    with transaction.atomic():
        current = Image.objects.select_for_update().get(pk=image.pk)
        if current.state == Image.State.RECEIVING and current.retired_at is None:
            hand_over(image)
            return image
    return current


@transaction.atomic
def forget_upload(upload: Upload) -> None:
    """Break it off, and forget what has arrived. A picture that was taken in already stays."""
    Upload.objects.filter(pk=upload.pk, image__state=Image.State.RECEIVING).delete()
    Image.objects.filter(pk=upload.image_id, state=Image.State.RECEIVING).update(retired_at=timezone.now())


@transaction.atomic
def _add(upload: Upload, piece: bytes) -> None:
    """One more part, unless another request has added it in the meantime."""
    current = Upload.objects.select_for_update().filter(pk=upload.pk).values_list("offset", flat=True).first()
    if current != upload.offset:
        raise OffsetConflict(current or 0)
    UploadPart.objects.create(upload=upload, start=upload.offset, content=piece)
    upload.offset += len(piece)
    Upload.objects.filter(pk=upload.pk).update(offset=upload.offset)


def _pieces(stream: IO[bytes], most: int) -> Iterator[bytes]:
    """What comes, up to `most` bytes, in pieces of the size of a part. A line that breaks ends it."""
    while most > 0:
        piece = bytearray()
        is_over = False
        while len(piece) < min(PART, most) and not is_over:
            try:
                more = stream.read(min(PART, most) - len(piece))
            except OSError:
                more = b""
            piece += more
            is_over = not more
        if piece:
            yield bytes(piece)
        most = 0 if is_over else most - len(piece)
