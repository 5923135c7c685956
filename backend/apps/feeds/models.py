"""What sitemaps remember."""

from django.db import models

PART_SIZE = 2000
"""Posts a file of the sitemap may hold: ids 1 to 2000 are in the first, and so on, whichever of them are public."""


def part_of(post_id: int) -> int:
    """The number of the file that a post is in, for good."""
    return (post_id - 1) // PART_SIZE + 1


class SitemapPart(models.Model):
    """When anything in a file of the sitemap last changed, so that the index tells it without reading the posts."""

    number = models.PositiveIntegerField(unique=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"posts-{self.number}"
