"""What moderators do with the thread under a post. The post's text and version stay as they are."""

from django.db import transaction

from apps.posts.models import Post
from apps.posts.services.writing import lock_post

MAX_PAUSE = 86_400


@transaction.atomic
def set_thread(*, post: Post, locked: bool | None = None, slow_mode_seconds: int | None = None) -> Post:
    """Lock the thread or open it; let people wait between two comments. None leaves it as it is."""
    post = lock_post(post, None)
    if locked is not None:
        post.thread_locked = locked
    if slow_mode_seconds is not None:
        post.slow_mode_seconds = slow_mode_seconds
    post.save(update_fields=["thread_locked", "slow_mode_seconds"])
    return post
