"""What posts are linked with: tags, people beside the author, images."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.media.models import Image
from apps.posts.models.post import Post
from apps.tags.models import Tag


class PostTag(models.Model):
    """A tag on a post. Repeats the post's publication time while it is live or scheduled, else null, so that a
    tag's list is read from one index however many posts there are."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="post_tags")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="post_tags")
    position = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "tag"], name="post_tag_once")]
        indexes = [
            models.Index(
                "tag",
                F("published_at").desc(),
                F("post").desc(),
                name="post_tag_feed",
                condition=Q(published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.tag_id}"


class CoAuthor(models.Model):
    """Somebody who writes a post together with its author: may edit it and is named with it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="co_author_links")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="co_author_links")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="co_author_once")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.user_id}"


class PostImage(models.Model):
    """An image that the post shows, or showed in a revision that is kept. Images without such a row are unused."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="image_links")
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="post_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "image"], name="post_image_once")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.image_id}"
