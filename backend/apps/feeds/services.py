"""What is kept of changes to posts."""

from datetime import datetime

from apps.feeds.models import SitemapPart, part_of


def touch_sitemap(post_id: int, at: datetime) -> None:
    """The post's file of the sitemap has changed. Safe to repeat."""
    SitemapPart.objects.bulk_create(
        [SitemapPart(number=part_of(post_id), changed_at=at)],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=["changed_at"],
    )
