"""What other apps' doings mean for posts."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from apps.posts.models import Post, PostTag
from apps.tags.models import Tag


@receiver(post_save, sender=Tag)
def forget_tag_names(instance: Tag, created: bool, **kwargs: Any) -> None:
    """A tag got another name or slug: posts that repeat it read it anew, from this transaction on."""
    if not created:
        tagged = PostTag.objects.filter(tag=instance).values("post_id")
        Post.objects.filter(pk__in=tagged, tag_names__isnull=False).update(tag_names=None)
