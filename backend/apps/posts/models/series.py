"""Series: posts that belong together and are read in an order."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from apps.common.addresses import address_of
from apps.common.slugs import UnicodeSlugField
from apps.posts.querysets import SeriesQuerySet


class Series(models.Model):
    """A story in parts. Its parts are the posts that name it, in the order of their `series_position`."""

    slug = UnicodeSlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    description = models.CharField(max_length=600, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[SeriesQuerySet] = SeriesQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "series"
        ordering = ["title", "id"]
        indexes = [models.Index("title", "id", name="series_by_title")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("series", self.slug)
