"""Making the renditions of a picture, in the worker."""

from django.db import transaction

from apps.common.outbox import record
from apps.media.errors import Busy, UploadRefused
from apps.media.images import framed_image
from apps.media.models import Image, Upload, UploadPart
from apps.media.renditions import FRAME, KINDS, encode, placeholder_of, sizes_for
from apps.media.services.uploads import source_of
from apps.media.storage import remove_folder, write_file

IMAGE_READY = "media.image_ready"


def make_renditions(image_id: int) -> None:
    """Make what there is yet to be made of the picture. Safe to repeat, and to be killed in between: names follow from
    sizes, a file is written over the one before, and nothing names a file until all are there."""
    upload = Upload.objects.select_related("image").filter(image_id=image_id, image__state="processing").first()
    if upload is None:
        return
    image = upload.image
    try:
        renditions = _write_files(image, upload)
    except Busy:
        raise
    except UploadRefused:
        _settle(image, Image.State.FAILED, [])
    else:
        _settle(image, Image.State.READY, renditions)


def _write_files(image: Image, upload: Upload) -> list[list[str | int]]:
    with source_of(upload) as file:
        picture = framed_image(file, width=FRAME[0], height=FRAME[1])
    image.width, image.height = picture.size
    image.placeholder = placeholder_of(picture)
    if image.shown not in image.files:
        shown = picture.convert("RGB") if image.shown.endswith(".jpg") else picture
        write_file(image.path(image.shown), encode(shown, image.shown.rpartition(".")[2]))
    renditions: list[list[str | int]] = []
    for width, height in sizes_for(picture.size):
        small = picture if width == picture.width else picture.resize((width, height), reducing_gap=3)
        for extension, media_type in KINDS:
            name = f"{width}.{extension}"
            write_file(image.path(name), encode(small, extension))
            renditions.append([name, media_type, width, height])
    return renditions


@transaction.atomic
def _settle(image: Image, state: str, renditions: list[list[str | int]]) -> None:
    """Say what has become of it, once, and forget the file that was sent. One deleted meanwhile loses its files."""
    current = Image.objects.select_for_update().filter(pk=image.pk, state="processing").first()
    if current is None or current.retired_at is not None:
        if current is None or current.removed_at is not None:
            transaction.on_commit(lambda: remove_folder(image.folder, [str(row[0]) for row in renditions]))
        return
    current.state = state
    current.renditions = renditions
    if state == Image.State.READY:
        current.width, current.height, current.placeholder = image.width, image.height, image.placeholder
        current.files = sorted({*current.files, current.shown, *(str(row[0]) for row in renditions)})
    current.save()
    UploadPart.objects.filter(upload__image=current).delete()
    if state == Image.State.READY:
        record(IMAGE_READY, {"image_id": current.pk})
