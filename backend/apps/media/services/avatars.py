"""Pictures of people: taking them in, showing them, and letting go of them."""

from datetime import timedelta
from typing import IO

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.services import update_profile
from apps.common.outbox import record
from apps.media.images import square_image
from apps.media.models import Image
from apps.media.renditions import encode
from apps.media.services.files import IMAGE_RETIRED, begin, refuse_large, remove_files
from apps.media.storage import write_file

MAX_BYTES = 10 * 1024 * 1024
AVATARS_AN_HOUR = 20
AVATAR_WIDTHS = (48, 96, 192, 384)
AVATAR_SHOWN = "192.webp"
SMALLEST_AVATAR = 48
_MINUTE = timedelta(minutes=1)


def set_avatar(*, user: User, file: IO[bytes], size: int) -> User:
    """Show this picture beside the user's name: its middle, as a square. `size`: of the file, in bytes.

    All renditions are made at once (about a tenth of a second), so that no page names a file that is yet to come.
    Raises the errors of `apps.media.errors`, and TooManyAttempts.
    """
    refuse_large(size, MAX_BYTES)
    image = begin(user, Image.Purpose.AVATAR, "avatars", an_hour=AVATARS_AN_HOUR)
    largest = square_image(file, side=max(AVATAR_WIDTHS), smallest=SMALLEST_AVATAR)
    files = []
    for width in AVATAR_WIDTHS:
        rendition = largest.resize((width, width), reducing_gap=3)
        for extension in ("webp", "avif"):
            name = f"{width}.{extension}"
            write_file(image.path(name), encode(rendition, extension))
            files.append(name)
    with transaction.atomic():
        account = update_profile(user=user, changes={"avatar_url": image.url(AVATAR_SHOWN)})
        Image.objects.filter(pk=image.pk).update(files=sorted(files))
        others = Image.objects.avatars_of(user).exclude(pk=image.pk).filter(retired_at__isnull=True)
        others.update(retired_at=timezone.now())
    return account


@transaction.atomic
def remove_avatar(*, user: User) -> User:
    """Show no picture any more. The files of one that was uploaded go at once, not after a while: their owner wants
    them gone. No picture is no error."""
    account = update_profile(user=user, changes={"avatar_url": ""})
    images = list(Image.objects.avatars_of(user).values_list("pk", flat=True))
    Image.objects.filter(pk__in=images).update(retired_at=timezone.now())
    for pk in images:
        record(IMAGE_RETIRED, {"image_id": pk})
    return account


def remove_what_was_taken_away(user_id: int) -> int:
    """Remove the files of avatars that an administrator took from the account's profile; returns how many images.

    One that was sent within the last minute may be about to be shown: the sweep looks after those.
    """
    taken = Image.objects.unused_avatars().filter(owner=user_id, created_at__lt=timezone.now() - _MINUTE)
    ids = list(taken.values_list("pk", flat=True))
    Image.objects.filter(pk__in=ids).update(retired_at=timezone.now())
    for pk in ids:
        remove_files(pk)
    return len(ids)
