"""Comments: threads by a path column."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.comments.querysets import CommentQuerySet
from apps.posts.models import Post

MAX_DEPTH = 7
"""Depth of the deepest comment, a root having 0. A reply to one of those becomes its sibling."""
PATH_STEP = 7
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def path_segment(number: int) -> str:
    """The id in base 36, padded: paths sort like the numbers that they are made of, in any collation."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits.rjust(PATH_STEP, "0")


class Comment(models.Model):
    """A remark under a post, or a reply to one."""

    class Status(models.TextChoices):
        PENDING = "pending"
        VISIBLE = "visible"
        SPAM = "spam"
        REMOVED = "removed"
        """Taken away by a moderator; the text is kept for them."""
        DELETED = "deleted"
        """Taken back by its author; the text is gone."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies", db_index=False
    )
    path = models.CharField(max_length=PATH_STEP * (MAX_DEPTH + 1), editable=False)
    """The ids from the root of the thread down to this comment, seven base-36 digits each."""
    root_id = models.BigIntegerField(editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    guest_name = models.CharField(max_length=120, blank=True)
    guest_email = models.CharField(max_length=254, blank=True)
    guest_url = models.CharField(max_length=300, blank=True)
    body = models.TextField(max_length=20_000)
    body_html = models.TextField(editable=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.VISIBLE)
    visible_descendants = models.PositiveIntegerField(default=0, editable=False)
    reply_count = models.PositiveIntegerField(default=0, editable=False)
    """Visible direct replies."""
    like_count = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    import_key = models.CharField(max_length=200, unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    shown_at = models.DateTimeField(null=True, editable=False)
    """When it became visible for the first time, so that it is news only once."""

    objects: ClassVar[Any] = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        permissions = [("moderate_comment", "Can moderate comments")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["pending", "visible", "spam", "removed", "deleted"]),
                name="comment_status_known",
            ),
            models.CheckConstraint(condition=Q(author__isnull=False) | ~Q(guest_name=""), name="comment_has_somebody"),
        ]
        indexes = [
            models.Index(F("post"), F("root_id"), F("path"), name="comment_oldest"),
            models.Index(F("post"), F("id"), name="comment_arrival"),
            # By `root_id`, which is their id: by that itself a planner may walk the primary key.
            models.Index(F("post"), F("root_id").desc(), name="comment_roots", condition=Q(parent__isnull=True)),
            models.Index(
                F("post"),
                F("like_count").desc(),
                F("root_id").desc(),
                name="comment_best",
                condition=Q(parent__isnull=True),
            ),
            # Without the roots, so that nothing looks for those in here.
            models.Index(F("parent"), name="comment_replies", condition=Q(parent__isnull=False)),
            models.Index(F("author"), F("id").desc(), name="comment_by_author"),
            models.Index(F("status"), F("id").desc(), name="comment_queue"),
            models.Index(F("created_at"), name="comment_created"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} by {self.author or self.guest_name}"

    @property
    def depth(self) -> int:
        """0 for a root."""
        return len(self.path) // PATH_STEP - 1

    @property
    def ancestor_ids(self) -> list[int]:
        """From the root down, without this comment."""
        return [int(self.path[at : at + PATH_STEP], 36) for at in range(0, len(self.path) - PATH_STEP, PATH_STEP)]
