"""Uploaded images: whose they are, and which files there are of each."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.media.querysets import ImageQuerySet


class Image(models.Model):
    """One upload. The row is there before the first file and goes after the last one, so no file is ever lost sight of.

    An image that nothing shows is retired, and its files are removed some time later, when no cached page names them.
    """

    class Purpose(models.TextChoices):
        AVATAR = "avatar"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="images")
    purpose = models.CharField(max_length=10, choices=Purpose)
    folder = models.CharField(max_length=80, unique=True)
    """Where the files are, below MEDIA_ROOT; its last part is random."""
    files = models.JSONField(default=list)
    """Names of the files in the folder."""
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    """When the files went. The row stays for a while: uploads are counted by it."""

    objects: ClassVar[ImageQuerySet] = ImageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="image_of_owner"),
            models.Index(fields=["created_at"], name="image_created"),
        ]

    def __str__(self) -> str:
        return self.folder

    def path(self, name: str) -> str:
        """A file of it, as the storage names it."""
        return f"{self.folder}/{name}"

    def url(self, name: str) -> str:
        """The address of a file of it."""
        return f"{settings.MEDIA_URL}{self.folder}/{name}"
