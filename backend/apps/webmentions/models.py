"""Pages elsewhere that mention our posts, and pages elsewhere that our posts mention."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.comments.models import Comment
from apps.common import addresses
from apps.posts.models import Post

LONGEST_ADDRESS = 500
LONGEST_OWN_ADDRESS = addresses.LONGEST_ADDRESS
"""Characters of a page elsewhere, and of one of ours."""


class ReceivedMention(models.Model):
    """A page elsewhere says that it mentions a post. Once that is found to be so it stands under the post as a guest's
    comment, which moderators decide on like on any other that waits."""

    class Status(models.TextChoices):
        WAITING = "waiting", "waiting to be looked at"
        FOUND = "found", "the page mentions the post"
        NOT_FOUND = "not_found", "the page does not mention the post"
        FAILED = "failed", "the page could not be read"

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="received_mentions")
    source = models.CharField(max_length=LONGEST_ADDRESS)
    target = models.CharField(max_length=LONGEST_OWN_ADDRESS)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    comment = models.ForeignKey(Comment, on_delete=models.SET_NULL, null=True, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    detail = models.CharField(max_length=200, blank=True)
    """Why it failed, for moderators."""
    received_at = models.DateTimeField(default=timezone.now)
    """When it was last said."""
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["post", "source"], name="received_mention_once"),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "found", "not_found", "failed"]),
                name="received_mention_status_known",
            ),
        ]
        indexes = [
            models.Index(fields=["received_at"], name="received_mention_waiting", condition=Q(status="waiting")),
            models.Index(fields=["received_at"], name="received_mention_at"),
        ]

    def __str__(self) -> str:
        return self.source


class SentMention(models.Model):
    """A post links to a page elsewhere, which is told so: at first, when the post changes, and when the link goes."""

    class Status(models.TextChoices):
        WAITING = "waiting", "waiting to be told"
        TOLD = "told", "told"
        DEAF = "deaf", "takes no mentions"
        FAILED = "failed", "could not be told"

    post_id = models.BigIntegerField()
    """Without a foreign key: a page is told of a deleted post as well."""
    source = models.CharField(max_length=LONGEST_OWN_ADDRESS)
    """The post's address when the page was told."""
    target = models.CharField(max_length=LONGEST_ADDRESS)
    digest = models.CharField(max_length=32)
    """Of the text that the page is to be told of; empty once the link has gone."""
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    detail = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["post_id", "target"], name="sent_mention_once"),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "told", "deaf", "failed"]), name="sent_mention_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.target
