"""The pictures of an author: taking them in, describing them, deleting them."""

import re
import unicodedata
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.common.outbox import record
from apps.media.errors import BrokenImage, ImageInUse
from apps.media.images import Header, fit, framed_image, look_at
from apps.media.models import Image, Upload
from apps.media.renditions import FRAME, encode, fits_now, placeholder_of, shown_name
from apps.media.services.files import IMAGE_RETIRED, begin, refuse_large
from apps.media.services.uploads import keep_source
from apps.media.storage import write_file
from apps.media.usage import in_use

MAX_PICTURE_BYTES = 25 * 1024 * 1024
IMAGE_RECEIVED = "media.image_received"
_ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9", "GIF": b";"}
"""What the last kilobytes of a file of that kind hold, unless it was cut short."""
_TAIL = 64 * 1024


def begin_picture(*, user: User, size: int, name: str, alt: str) -> Image:
    """The row of a picture that is about to come in. Raises FileTooLarge and TooManyAttempts."""
    refuse_large(size, MAX_PICTURE_BYTES)
    most = settings.IMAGE_UPLOADS_AN_HOUR
    return begin(user, Image.Purpose.PICTURE, "images", an_hour=most, name=clean_name(name), alt=alt.strip(), size=size)


def add_picture(*, user: User, file: IO[bytes], size: int, name: str, alt: str = "") -> Image:
    """Take in a picture. What can be made quickly is there at once; a job makes the rest.

    Raises the errors of `apps.media.errors`, and TooManyAttempts.
    """
    image = begin_picture(user=user, size=size, name=name, alt=alt)
    first_look(image, file)
    with transaction.atomic():
        keep_source(image, file, size)
        hand_over(image)
    return image


def first_look(image: Image, file: IO[bytes]) -> None:
    """Refuse what is no good, and make the file that texts name, unless that is too much work for now."""
    header = look_at(file)
    if not fits_now(header):
        _refuse_cut_short(header, file)
        image.width, image.height = fit(header.size, FRAME)
        image.shown = shown_name(has_transparency=header.has_transparency)
        return
    file.seek(0)
    picture = framed_image(file, width=FRAME[0], height=FRAME[1])
    image.width, image.height = picture.size
    image.shown = shown_name(has_transparency=picture.mode == "RGBA")
    image.placeholder = placeholder_of(picture)
    image.files = [image.shown]
    write_file(image.path(image.shown), encode(picture, image.shown.rpartition(".")[2]))


def hand_over(image: Image) -> None:
    """From now on the picture is in the library, and the worker's."""
    image.state = Image.State.PROCESSING
    image.save(update_fields=["state", "width", "height", "shown", "placeholder", "files"])
    record(IMAGE_RECEIVED, {"image_id": image.pk})


def describe_picture(*, image: Image, alt: str) -> Image:
    """Say what is to be seen on it. Texts that show it already keep their own words."""
    image.alt = alt.strip()
    image.save(update_fields=["alt"])
    return image


@transaction.atomic
def delete_picture(*, image: Image) -> None:
    """Take the picture out of the library; its files go within seconds. Raises ImageInUse while something shows it."""
    locked = Image.objects.select_for_update().get(pk=image.pk)
    if in_use([locked], kept=False):
        raise ImageInUse
    Upload.objects.filter(image=locked).delete()
    Image.objects.filter(pk=locked.pk, retired_at__isnull=True).update(retired_at=timezone.now())
    record(IMAGE_RETIRED, {"image_id": locked.pk})


def clean_name(name: str) -> str:
    """The name of a file without its folders and without characters that cannot be seen."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip()[:200]


def _refuse_cut_short(header: Header, file: IO[bytes]) -> None:
    """A look at the end of a file that is not decoded now."""
    end = _ENDS.get(header.kind)
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    if end is not None and end not in file.read():
        raise BrokenImage("This image was cut short. Export it anew and send that.")
    file.seek(0)
