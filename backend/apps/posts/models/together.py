"""Writing together: reviews, and who has a post open."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.posts.models.post import Post


class ReviewNote(models.Model):
    """A step of a review, or a remark on a draft. Only those who may edit the post see it."""

    class Kind(models.TextChoices):
        REMARK = "remark"
        SUBMITTED = "submitted"
        APPROVED = "approved"
        SENT_BACK = "sent_back"

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="review_notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.REMARK)
    body = models.TextField(max_length=5000, blank=True)
    """Plain text."""
    quote = models.CharField(max_length=500, blank=True)
    """The passage of the post that it is about."""
    created_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["remark", "submitted", "approved", "sent_back"]), name="review_note_kind_known"
            )
        ]
        indexes = [models.Index(fields=["post", "id"], name="review_note_of_post")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.kind}"


class Presence(models.Model):
    """An editor of the post that is open in a browser; forgotten when it is not heard of for a while."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    tab = models.CharField(max_length=40)
    """Chosen at random by the editor."""
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "user", "tab"], name="presence_once")]
        indexes = [models.Index(fields=["seen_at"], name="presence_seen")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.user_id}"
