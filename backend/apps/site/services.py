"""Reading and changing the site record. It is read with every page, so it is cached."""

from typing import Any

from django.core.cache import cache
from django.db import transaction

from apps.site.models import Site

_CACHE_KEY = "site"
_CACHE_SECONDS = 60


def get_site() -> Site:
    """The publication's record; made with defaults when there is none. At most 60 s old in other processes."""
    site: Site | None = cache.get(_CACHE_KEY)
    if site is None:
        site, _ = Site.objects.get_or_create(pk=1)
        cache.set(_CACHE_KEY, site, _CACHE_SECONDS)
    return site


@transaction.atomic
def update_site(**changes: Any) -> Site:
    """Change the record and raise its version."""
    Site.objects.get_or_create(pk=1)
    site = Site.objects.select_for_update().get(pk=1)
    for name, value in changes.items():
        setattr(site, name, value)
    site.version += 1
    site.full_clean()
    site.save()
    transaction.on_commit(forget_site)
    return site


def forget_site() -> None:
    """Drop the cached record."""
    cache.delete(_CACHE_KEY)
