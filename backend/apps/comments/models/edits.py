"""Earlier texts of comments, and the people whom they name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.comments.models.comment import Comment


class CommentEdit(models.Model):
    """A text that a comment had until it was edited; for moderators."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="edits")
    body = models.TextField(max_length=20_000)
    replaced_at = models.DateTimeField(default=timezone.now, editable=False)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"#{self.comment_id} until {self.replaced_at:%Y-%m-%d %H:%M}"


class Mention(models.Model):
    """A comment that is shown names somebody as `@username`."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="mention_once")]

    def __str__(self) -> str:
        return f"#{self.comment_id} names {self.person_id}"
