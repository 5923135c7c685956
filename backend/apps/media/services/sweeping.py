"""Letting go of what nothing shows any more."""

from collections.abc import Collection
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from apps.accounts.models import User
from apps.media.models import Image, Upload
from apps.media.services.files import HOUR, remove_files
from apps.media.storage import remove_folder
from apps.media.usage import in_use, named_in, shows_images
from apps.site.models import Site

KEPT_AFTER_RETIREMENT = timedelta(hours=1)
"""Cached pages name the files for so long."""
KEPT_UNUSED = timedelta(days=7)
_BATCH = 1000
"""Pictures that are looked at in one run; the next goes on behind them."""
_CURSOR = "media:looked-at"


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


@shows_images
def shown_beside_texts(images: Collection[Image], *, kept: bool) -> set[int]:
    """Images that stand for people, or for the site. Nobody keeps others from deleting theirs by showing them."""
    people = User.objects.filter(avatar_url__contains="/images/")
    if not kept:
        people = people.filter(pk__in=[image.owner_id for image in images])
    return named_in(people, ["avatar_url"], images) | named_in(Site.objects.all(), ["logo_url"], images)


def _retire(ids: list[int]) -> None:
    """Take images out of the library, and forget what is left of how they were sent."""
    Upload.objects.filter(image__in=ids).delete()
    Image.objects.filter(pk__in=ids, retired_at__isnull=True).update(retired_at=timezone.now())


def _pictures_to_let_go() -> list[int]:
    """Pictures that nothing has shown for a week, and uploads that were refused or never finished."""
    now = timezone.now()
    pictures = Image.objects.pictures()
    broken_off = pictures.filter(state="receiving", created_at__lt=now - HOUR).exclude(upload__expires_at__gt=now)
    after = cache.get(_CURSOR) or 0
    old = pictures.exclude(state="receiving").filter(created_at__lt=now - KEPT_UNUSED, pk__gt=after)
    batch = list(old.order_by("pk")[:_BATCH])
    cache.set(_CURSOR, batch[-1].pk if len(batch) == _BATCH else 0, timeout=None)
    used = in_use(batch, kept=True)
    return [*broken_off.values_list("pk", flat=True), *(image.pk for image in batch if image.pk not in used)]
