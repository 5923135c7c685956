"""The slugs that posts ever had."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from apps.common.slugs import UnicodeSlugField
from apps.posts.models.post import Post


class PostSlug(models.Model):
    """Every slug that a post has or had. It belongs to that post for good, so an old address never lies."""

    slug = UnicodeSlugField(max_length=120, unique=True)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="slugs")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.slug
