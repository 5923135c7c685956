"""Tags, and categories that form a tree.

`post_count` counts published posts and is kept by `apps.posts.counters` in the transaction that changes them.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.common.slugs import UnicodeSlugField
from apps.tags.querysets import TagQuerySet

CATEGORY_PATH_STEP = 6
MAX_CATEGORY_DEPTH = 6


class Tag(models.Model):
    slug = UnicodeSlugField(max_length=80, unique=True)
    name = models.CharField(max_length=60)
    description = models.CharField(max_length=300, blank=True)
    post_count = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[Any] = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["-post_count", "id"], name="tag_popular")]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """A node of the tree. `path` is the ids from the root, six digits each, so a subtree is one prefix."""

    slug = UnicodeSlugField(max_length=80, unique=True)
    name = models.CharField(max_length=60)
    description = models.CharField(max_length=300, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=CATEGORY_PATH_STEP * MAX_CATEGORY_DEPTH, editable=False, db_index=True)
    post_count = models.PositiveIntegerField(default=0, editable=False)
    """Published posts in this category and below it."""

    class Meta:
        verbose_name_plural = "categories"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="category_not_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        """0 for a root."""
        return len(self.path) // CATEGORY_PATH_STEP - 1

    @property
    def lineage(self) -> list[int]:
        """The ids from the root down to this category."""
        return lineage_of(self.path)


def lineage_of(path: str) -> list[int]:
    """The ids that a category's path is made of, from the root down."""
    return [int(path[start : start + CATEGORY_PATH_STEP]) for start in range(0, len(path), CATEGORY_PATH_STEP)]


class TagFollow(models.Model):
    """Somebody wants to hear of new posts with a tag."""

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followed_tags")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="follows")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["follower", "tag"], name="tag_follow_once")]

    def __str__(self) -> str:
        return f"{self.follower_id} follows {self.tag_id}"
