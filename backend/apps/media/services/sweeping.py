"""Letting go of what nothing shows any more."""

from datetime import timedelta

from django.utils import timezone

from apps.media.models import Image, Upload
from apps.media.services.files import HOUR, remove_files
from apps.media.storage import remove_folder
from apps.media.usage import in_use

KEPT_AFTER_RETIREMENT = timedelta(hours=1)
"""Cached pages name the files for so long."""
KEPT_UNUSED = timedelta(days=7)
_BATCH = 500


def sweep() -> int:
    """Retire what is not shown any more, remove what was retired long enough ago, and forget what is gone. Finds the
    remains of uploads that were refused or broken off, too. Returns how many images lost their files."""
    now = timezone.now()
    earlier = now - KEPT_AFTER_RETIREMENT
    unused = Image.objects.unused_avatars().filter(retired_at__isnull=True, created_at__lt=earlier)
    _retire(list(unused.values_list("pk", flat=True)))
    _retire(_pictures_to_let_go())
    Upload.objects.filter(expires_at__lt=now).exclude(image__state="processing").delete()
    due = Image.objects.filter(removed_at__isnull=True, retired_at__lte=earlier).values_list("pk", flat=True)
    ids = list(due)
    for pk in ids:
        remove_files(pk)
    for image in Image.objects.filter(removed_at__isnull=False, created_at__lt=now - HOUR):
        remove_folder(image.folder, image.files)  # once more: whoever removed it may have been killed halfway
        image.delete()
    return len(ids)


def _retire(ids: list[int]) -> None:
    """Take images out of the library, and forget what is left of how they were sent."""
    Upload.objects.filter(image__in=ids).delete()
    Image.objects.filter(pk__in=ids, retired_at__isnull=True).update(retired_at=timezone.now())


def _pictures_to_let_go() -> list[int]:
    """Pictures that nothing has shown for a week, and uploads that were refused or never finished."""
    now = timezone.now()
    pictures = Image.objects.pictures()
    broken_off = pictures.filter(state="receiving", created_at__lt=now - HOUR).exclude(upload__expires_at__gt=now)
    old = list(pictures.exclude(state="receiving").filter(created_at__lt=now - KEPT_UNUSED).order_by("id"))
    unused: list[int] = []
    for start in range(0, len(old), _BATCH):
        batch = old[start : start + _BATCH]
        used = in_use(batch, kept=True)
        unused += [image.pk for image in batch if image.pk not in used]
    return [*broken_off.values_list("pk", flat=True), *unused]
