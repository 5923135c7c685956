"""Uploaded images: whose they are, which files there are of each, and what of them is still on its way."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.media.querysets import ImageQuerySet


class Image(models.Model):
    """One upload. The row is there before the first file and goes after the last one, so no file is ever lost sight of.

    An image that nothing shows is retired, and its files are removed some time later, when no cached page names them.
    """

    class Purpose(models.TextChoices):
        AVATAR = "avatar"
        PICTURE = "picture"

    class State(models.TextChoices):
        RECEIVING = "receiving", "on its way, or refused"
        PROCESSING = "processing", "taken in; its renditions are being made"
        READY = "ready", "all there is of it is there"
        FAILED = "failed", "its file turned out to be damaged"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="images")
    purpose = models.CharField(max_length=10, choices=Purpose)
    state = models.CharField(max_length=10, choices=State, default=State.READY)
    folder = models.CharField(max_length=80, unique=True)
    """Where the files are, below the storage's root; its last part is random."""
    files = models.JSONField(default=list)
    """Names of the files in the folder."""
    shown = models.CharField(max_length=20, blank=True)
    """The file that texts name: what is shown where no rendition is wanted."""
    renditions = models.JSONField(default=list)
    """The others of a picture, as `[name, media type, width, height]`, narrow ones first."""
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    """Of the file `shown`, in pixels."""
    bytes = models.PositiveIntegerField(default=0)
    """Size of the file as it was sent."""
    name = models.CharField(max_length=200, blank=True)
    """What the file was called where it came from."""
    alt = models.CharField(max_length=500, blank=True)
    placeholder = models.CharField(max_length=300, blank=True)
    """A tiny picture as a `data:` address, for the time until the real one is there."""
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    """When the files went. The row stays for a while: uploads are counted by it."""

    objects: ClassVar[ImageQuerySet] = ImageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=["avatar", "picture"]), name="image_purpose_known"),
            models.CheckConstraint(
                condition=Q(state__in=["receiving", "processing", "ready", "failed"]), name="image_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="image_of_owner"),
            models.Index(fields=["owner", "-id"], name="image_library", condition=Q(purpose="picture")),
            models.Index(fields=["created_at"], name="image_created"),
        ]

    def __str__(self) -> str:
        return self.folder

    def path(self, name: str) -> str:
        """A file of it, as the storage names it."""
        return f"{self.folder}/{name}"

    def url(self, name: str) -> str:
        """The address of a file of it, as texts and profiles keep it: the same wherever the files are stored."""
        return f"{settings.MEDIA_URL}{self.folder}/{name}"


class Upload(models.Model):
    """The file of a picture as it was sent, in parts: while it arrives, and until its renditions are made.

    Nobody but the owner and the worker gets at it, and it may hold what its owner does not want to publish, such as
    where a photograph was taken. So it is kept in the database, which every process reaches, and not among the files.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    image = models.OneToOneField(Image, on_delete=models.CASCADE, related_name="upload")
    length = models.PositiveIntegerField()
    offset = models.PositiveIntegerField(default=0)
    """How many bytes have arrived."""
    metadata = models.CharField(max_length=2000, blank=True)
    """What a resumable upload said of its file, as it said it (see tus 1.0, Upload-Metadata)."""
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(offset__lte=models.F("length")), name="upload_within_its_length")
        ]
        indexes = [models.Index(fields=["expires_at"], name="upload_expires")]

    def __str__(self) -> str:
        return f"{self.id}: {self.offset}/{self.length}"

    @property
    def is_complete(self) -> bool:
        return self.offset == self.length


class UploadPart(models.Model):
    """A piece of an upload, at most 512 KiB."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    start = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["start"]
        constraints = [models.UniqueConstraint(fields=["upload", "start"], name="upload_part_once")]

    def __str__(self) -> str:
        return f"{self.upload_id}: {self.start}"
