"""The trash: where deleted posts wait, out of everybody's sight but their author's, until they are gone for good."""

from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from apps.common.errors import InvalidState
from apps.common.outbox import record
from apps.common.periodic import every
from apps.posts.errors import PostGone
from apps.posts.models import Post
from apps.posts.services.counters import contribution_of
from apps.posts.services.publishing import settle_locked
from apps.posts.services.writing import delete_post, finish, lock_post

logger = structlog.get_logger(__name__)
Status = Post.Status

KEEP_TRASHED = timedelta(days=30)
PURGED_AT_ONCE = 200


@transaction.atomic
def trash_post(*, post: Post, expected: set[int] | None = None) -> Post:
    """Put the post into the trash: nobody but those who may edit it finds it any more, and its slug stays its own."""
    post = lock_post(post, expected, in_trash=True)
    if post.status == Status.TRASHED:
        raise InvalidState("The post is in the trash already.")
    if post.is_live and post.status == Status.SCHEDULED:
        settle_locked(post)  # readers had it: that it was published must not be lost
    before = contribution_of(post)
    post.trashed_from, post.trashed_at = post.status, timezone.now()
    post.status = Status.TRASHED
    finish(post, before)
    record("posts.trashed", {"post_id": post.pk})
    return post


@transaction.atomic
def restore_post(*, post: Post, expected: set[int] | None = None) -> Post:
    """Take the post out of the trash, as it was. One that was to appear in the meantime becomes a draft: nothing is
    published that nobody meant to publish now."""
    post = lock_post(post, expected, in_trash=True)
    if post.status != Status.TRASHED:
        raise InvalidState("The post is not in the trash.")
    before = contribution_of(post)
    post.status, post.trashed_from, post.trashed_at = post.trashed_from or Status.DRAFT, "", None
    if post.status == Status.SCHEDULED and (post.published_at is None or post.published_at <= timezone.now()):
        post.status, post.published_at = Status.DRAFT, None
    finish(post, before)
    record("posts.restored", {"post_id": post.pk, "status": post.status})
    return post


@every(hours=1)
def purge_trash() -> int:
    """Delete what has been in the trash for KEEP_TRASHED. Returns how many posts."""
    due = Post.objects.filter(trashed_at__lte=timezone.now() - KEEP_TRASHED).order_by("trashed_at")
    purged = 0
    for pk in list(due.values_list("pk", flat=True)[:PURGED_AT_ONCE]):
        purged += _purge(pk)
    if purged:
        logger.info("posts.purged", posts=purged)
    return purged


@transaction.atomic
def _purge(pk: int) -> bool:
    """Look again under the lock: somebody may have taken it out of the trash a moment ago."""
    due = Post.objects.filter(pk=pk, trashed_at__lte=timezone.now() - KEEP_TRASHED)
    post = due.select_for_update().first()
    if post is None:
        return False
    try:
        delete_post(post=post)
    except PostGone:
        return False
    return True
