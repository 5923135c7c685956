"""What other apps' doings mean for comments."""

from typing import Any

from django.db.models import Count, F
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.posts.models import Post


@receiver(pre_delete, sender=Post)
def take_comments_out_of_counts(instance: Post, **kwargs: Any) -> None:
    """A post goes with its comments: their authors have that many fewer."""
    visible = Comment.objects.filter(post=instance, status=Comment.Status.VISIBLE, author__isnull=False)
    for author_id, count in visible.values_list("author_id").annotate(Count("id")).order_by("author_id"):
        User.objects.filter(pk=author_id).update(comment_count=F("comment_count") - count)
