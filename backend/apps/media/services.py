"""Taking in images, showing them, and letting go of them."""

import secrets
from datetime import timedelta
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.services import update_profile
from apps.common.errors import TooManyAttempts
from apps.common.outbox import record
from apps.media.errors import FileTooLarge
from apps.media.images import encode, square_image
from apps.media.models import Image
from apps.media.storage import remove_folder, write_file

MAX_BYTES = 10 * 1024 * 1024
UPLOADS_AN_HOUR = 20
AVATAR_WIDTHS = (48, 96, 192, 384)
AVATAR_SHOWN = "192.webp"
SMALLEST_AVATAR = 48
KEPT_AFTER_RETIREMENT = timedelta(hours=1)
"""Cached pages name the files for so long."""
IMAGE_RETIRED = "media.image_retired"
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def set_avatar(*, user: User, file: IO[bytes], size: int) -> User:
    """Show this picture beside the user's name: its middle, as a square. `size`: of the file, in bytes.

    All renditions are made at once (about a tenth of a second), so that no page names a file that is yet to come.
    Raises the errors of `apps.media.errors`, and TooManyAttempts.
    """
    if size > MAX_BYTES:
        raise FileTooLarge(f"The file may have {MAX_BYTES // 2**20} MB at most.")
    image = _begin(user, Image.Purpose.AVATAR, "avatars")
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


def remove_files(image_id: int) -> None:
    """Remove the files of a retired image. Safe to repeat."""
    image = Image.objects.filter(pk=image_id, retired_at__isnull=False).first()
    if image is not None:
        Image.objects.filter(pk=image_id).update(removed_at=timezone.now())
        remove_folder(image.folder, image.files)


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


def sweep() -> int:
    """Retire what is not shown any more, remove what was retired long enough ago, and forget what is gone. Finds the
    remains of uploads that were refused or broken off, too. Returns how many images lost their files."""
    now = timezone.now()
    earlier = now - KEPT_AFTER_RETIREMENT
    unused = Image.objects.unused_avatars().filter(retired_at__isnull=True, created_at__lt=earlier)
    Image.objects.filter(pk__in=list(unused.values_list("pk", flat=True))).update(retired_at=now)
    due = Image.objects.filter(removed_at__isnull=True, retired_at__lte=earlier).values_list("pk", flat=True)
    ids = list(due)
    for pk in ids:
        remove_files(pk)
    for image in Image.objects.filter(removed_at__isnull=False, created_at__lt=now - _HOUR):
        remove_folder(image.folder, image.files)  # once more: whoever removed it may have been killed halfway
        image.delete()
    return len(ids)


@transaction.atomic
def _begin(user: User, purpose: str, kind: str) -> Image:
    """The row of an upload, before anything is done with the file; it counts, whatever becomes of it."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    now = timezone.now()
    recent = Image.objects.uploaded_by(user, since=now - _HOUR).order_by("created_at")
    times = list(recent.values_list("created_at", flat=True))
    if settings.RATE_LIMITS_ENABLED and len(times) >= UPLOADS_AN_HOUR:
        raise TooManyAttempts(max(1, round((times[-UPLOADS_AN_HOUR] + _HOUR - now).total_seconds())))
    return Image.objects.create(owner=user, purpose=purpose, folder=f"{kind}/{secrets.token_hex(12)}")
