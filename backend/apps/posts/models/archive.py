"""The number of posts in each month."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ArchiveMonth(models.Model):
    """Number of published posts in a month (UTC)."""

    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    post_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-year", "-month"]
        constraints = [
            models.UniqueConstraint(fields=["year", "month"], name="archive_month_once"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="archive_month_exists"),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"
