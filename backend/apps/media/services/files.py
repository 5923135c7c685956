"""What all uploads have in common: they are counted, and their files go in the end."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.common.errors import TooManyAttempts
from apps.media.errors import FileTooLarge
from apps.media.models import Image
from apps.media.storage import remove_folder

IMAGE_RETIRED = "media.image_retired"
HOUR = timedelta(hours=1)


def refuse_large(size: int, most: int) -> None:
    """Raise FileTooLarge for a file of more than `most` bytes."""
    if size > most:
        raise FileTooLarge(f"The file may have {most // 2**20} MB at most.")


@transaction.atomic
def begin(user: User, purpose: str, kind: str, *, an_hour: int, name: str = "", alt: str = "", size: int = 0) -> Image:
    """The row of an upload, before anything is done with the file; it counts, whatever becomes of it.

    Raises TooManyAttempts for more than `an_hour` of that purpose within an hour.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    now = timezone.now()
    recent = Image.objects.uploaded_by(user, since=now - HOUR).filter(purpose=purpose).order_by("created_at")
    times = list(recent.values_list("created_at", flat=True))
    if settings.RATE_LIMITS_ENABLED and len(times) >= an_hour:
        raise TooManyAttempts(max(1, round((times[-an_hour] + HOUR - now).total_seconds())))
    state = Image.State.RECEIVING if purpose == Image.Purpose.PICTURE else Image.State.READY
    folder = f"{kind}/{secrets.token_hex(12)}"
    return Image.objects.create(owner=user, purpose=purpose, state=state, folder=folder, name=name, alt=alt, bytes=size)


def remove_files(image_id: int) -> None:
    """Remove the files of a retired image. Safe to repeat."""
    image = Image.objects.filter(pk=image_id, retired_at__isnull=False).first()
    if image is not None:
        Image.objects.filter(pk=image_id).update(removed_at=timezone.now())
        remove_folder(image.folder, image.files)
