"""What people like, and what they keep to read later."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

from apps.comments.models import Comment
from apps.posts.models import Post


class Reaction(models.Model):
    """Somebody's sign on something, once. What is counted of it changes in the same transaction."""

    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["-id"]


class PostLike(Reaction):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="post_likes")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="likes")

    class Meta(Reaction.Meta):
        constraints = [models.UniqueConstraint(fields=["user", "post"], name="post_like_once")]

    def __str__(self) -> str:
        return f"{self.user_id} likes post {self.post_id}"


class CommentLike(Reaction):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="comment_likes")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="likes")

    class Meta(Reaction.Meta):
        constraints = [models.UniqueConstraint(fields=["user", "comment"], name="comment_like_once")]

    def __str__(self) -> str:
        return f"{self.user_id} likes comment {self.comment_id}"


class Bookmark(Reaction):
    """A post on somebody's reading list; nobody else knows."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="bookmarks")

    class Meta(Reaction.Meta):
        constraints = [models.UniqueConstraint(fields=["user", "post"], name="bookmark_once")]
        indexes = [models.Index(F("user"), F("id").desc(), name="bookmark_list")]

    def __str__(self) -> str:
        return f"{self.user_id} keeps post {self.post_id}"
