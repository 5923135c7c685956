"""What a post was, and what it is to become."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.common.columns import CompressedTextField
from apps.posts.models.post import Post


class Revision(models.Model):
    """The content of a post after a save, numbered from 1 without gaps at the time of writing (thinning makes some)."""

    class Kind(models.TextChoices):
        ORIGINAL = "original", "as it was before the first revision was kept"
        SAVED = "saved", "a save of the post"
        WORKING_COPY = "working_copy", "a save of the working copy"
        RESTORED = "restored", "an earlier revision, brought back"
        KEPT = "kept", "a version that was set aside in a conflict; the post never had it"

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.SAVED)
    name = models.CharField(max_length=100, blank=True)
    """Given by an author: a milestone, which thinning leaves alone."""
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    """Who saved it."""
    created_at = models.DateTimeField(default=timezone.now)
    post_version = models.PositiveIntegerField()
    """The version of the post at that time."""
    restored_from = models.PositiveIntegerField(null=True)
    """Number of the revision that was brought back."""
    word_count = models.PositiveIntegerField(default=0)
    body = CompressedTextField()
    content = models.JSONField(default=dict)
    """Everything but the body, in the shape of `apps.posts.content.Content`."""
    thinned = models.PositiveSmallIntegerField(default=0)
    """0: one of all; 1: one an hour; 2: one a day."""

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="revision_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["original", "saved", "working_copy", "restored", "kept"]),
                name="revision_kind_known",
            ),
        ]
        indexes = [models.Index(fields=["thinned", "created_at"], name="revision_to_thin")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.number}"


class WorkingCopy(models.Model):
    """Changes to a published post that readers do not see yet. One a post; it has its own versions."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="working_copy")
    version = models.PositiveIntegerField(default=1)
    base_version = models.PositiveIntegerField()
    """The version of the post that these changes were made to."""
    body = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    """Everything but the body, in the shape of `apps.posts.content.Content`."""
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    """Who saved it last."""
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "working copies"

    def __str__(self) -> str:
        return f"{self.post_id}: {self.version}"


class PreviewLink(models.Model):
    """Lets whoever has its secret read a post that is not public. Only a digest of the secret is kept."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="preview_links")
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100, blank=True)
    """For whom it is, in the author's words."""
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.name or self.pk}"
