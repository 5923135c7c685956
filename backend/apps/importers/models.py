"""What an import has to remember beside the content itself: whose author is who here, and where the files were."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class ImportedAuthor(models.Model):
    """The account that stands for an author of another site, so that every later import finds the same one."""

    import_key = models.CharField(max_length=200, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imported_as")

    def __str__(self) -> str:
        return self.import_key


class ImportedAttachment(models.Model):
    """A file of another site: where it is. It is not fetched; `parent_key` names the item it was attached to."""

    import_key = models.CharField(max_length=200, unique=True)
    parent_key = models.CharField(max_length=200, blank=True, db_index=True)
    url = models.CharField(max_length=2000)
    title = models.CharField(max_length=300, blank=True)
    alt = models.CharField(max_length=500, blank=True)
    caption = models.CharField(max_length=600, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def is_image(self) -> bool:
        """Judged by the name in its address."""
        path = self.url.partition("?")[0].lower()
        return path.endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"))
