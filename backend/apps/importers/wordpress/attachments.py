"""Attachments are recorded with their address, not fetched; galleries and covers look them up."""

from collections.abc import Sequence

from django.utils import timezone

from apps.importers.models import ImportedAttachment
from apps.importers.wordpress.keys import limited_key
from apps.importers.wordpress.markup import Picture
from apps.importers.wordpress.records import NO_PARENT, Site, WxrItem
from apps.importers.wordpress.summary import Summary

MAX_GALLERY = 200


def record_attachment(item: WxrItem, site: Site, summary: Summary) -> None:
    """Remember where a file is, once."""
    url = item.attachment_url or item.guid
    if not url.startswith(("http://", "https://")) or len(url) > 2000:
        summary.skip("attachments", "without a web address")
        return
    _, is_new = ImportedAttachment.objects.get_or_create(
        import_key=limited_key(site.key, item.key),
        defaults={
            "parent_key": limited_key(site.key, item.parent) if item.parent not in NO_PARENT else "",
            "url": url,
            "title": item.title[:300],
            "alt": next(iter(item.meta.get("_wp_attachment_image_alt", [])), "")[:500],
            "caption": item.excerpt[:600],
            "created_at": item.created_at or timezone.now(),
        },
    )
    (summary.imported if is_new else summary.unchanged)["attachments"] += 1


def cover_of(item: WxrItem, site: Site) -> tuple[str, str]:
    """Address and alternative text of the item's featured image; empty without one."""
    number = next(iter(item.meta.get("_thumbnail_id", [])), "")
    if number in NO_PARENT:
        return "", ""
    found = ImportedAttachment.objects.filter(import_key=limited_key(site.key, number)).first()
    return (found.url, found.alt) if found and found.is_image and len(found.url) <= 1000 else ("", "")


def pictures_of(item: WxrItem, site: Site, numbers: Sequence[str]) -> list[Picture]:
    """The images of a gallery: those of these numbers in their order, or all that were attached to the item."""
    if numbers:
        keys = [limited_key(site.key, number) for number in numbers[:MAX_GALLERY]]
        by_key = {row.import_key: row for row in ImportedAttachment.objects.filter(import_key__in=keys)}
        rows = [by_key[key] for key in keys if key in by_key]
    else:
        own = ImportedAttachment.objects.filter(parent_key=limited_key(site.key, item.key))
        rows = list(own.order_by("created_at", "id")[:MAX_GALLERY])
    return [Picture(row.url, row.alt or row.title, row.caption) for row in rows if row.is_image]
