"""The steps of a post's life: draft → scheduled → published → archived, and back."""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.common.errors import FieldProblem, InvalidState
from apps.common.outbox import record
from apps.common.periodic import every
from apps.posts import gates
from apps.posts.models import Post, PostSlug
from apps.posts.querysets import load_tags
from apps.posts.services.approval import close_review, require_approval
from apps.posts.services.counters import contribution_of
from apps.posts.services.slugs import free_slug, retry_taken_slug
from apps.posts.services.writing import finish, lock_post

logger = structlog.get_logger(__name__)
Status = Post.Status


@retry_taken_slug
@transaction.atomic
def publish_post(
    *,
    post: Post,
    expected: set[int] | None = None,
    actor: User | None = None,
    published_at: datetime | None = None,
    allow_untitled: bool = False,
    past_gates: bool = False,
) -> Post:
    """Make the post public now. One that was public before keeps its date; imports give the date. `actor`: whose
    right to do so is looked at once more, under the lock. `past_gates`: nobody else has a say (see `posts.gates`)."""
    post = lock_post(post, expected)
    require_approval(post, actor)
    if post.is_live and post.status == Status.PUBLISHED:
        raise InvalidState("The post is published already.")
    if not past_gates:
        gates.ask(post)
    _require_content(post, allow_untitled=allow_untitled)
    now = timezone.now()
    if published_at is not None and published_at > now:
        raise FieldProblem("published_at", "To publish at a later time, schedule the post.")
    before = contribution_of(post)
    was_scheduled = post.status == Status.SCHEDULED
    first_time = post.published_at is None or was_scheduled
    post.published_at = published_at or (now if first_time else post.published_at)
    post.status = Status.PUBLISHED
    if first_time:
        _derive_slug(post)
    close_review(post)
    finish(post, before)
    record("posts.published", {"post_id": post.pk, "first_time": first_time})
    return post


@retry_taken_slug
@transaction.atomic
def schedule_post(
    *, post: Post, published_at: datetime, expected: set[int] | None = None, actor: User | None = None
) -> Post:
    """Make the post public at a time to come; it appears then by itself. `actor`: as in `publish_post`."""
    post = lock_post(post, expected)
    require_approval(post, actor)
    if post.is_live:
        raise InvalidState("The post is published. Unpublish it first to schedule it.")
    gates.ask(post)
    _require_content(post, allow_untitled=False)
    if published_at <= timezone.now():
        raise FieldProblem("published_at", "Choose a time that is still to come.", code="past")
    before = contribution_of(post)
    post.published_at = published_at
    post.status = Status.SCHEDULED
    _derive_slug(post)
    finish(post, before)
    record("posts.scheduled", {"post_id": post.pk})
    return post


@transaction.atomic
def unpublish_post(*, post: Post, expected: set[int] | None = None) -> Post:
    """Turn a published or scheduled post into a draft again. It keeps its address and its date."""
    post = lock_post(post, expected)
    if post.status not in {Status.PUBLISHED, Status.SCHEDULED, Status.ARCHIVED}:
        raise InvalidState("The post is a draft already.")
    before = contribution_of(post)
    if not post.is_live and post.status == Status.SCHEDULED:
        post.published_at = None
    post.status = Status.DRAFT
    finish(post, before)
    record("posts.unpublished", {"post_id": post.pk})
    return post


@transaction.atomic
def archive_post(*, post: Post, expected: set[int] | None = None) -> Post:
    """Take the post out of sight without making it a draft."""
    post = lock_post(post, expected)
    if post.status == Status.ARCHIVED:
        raise InvalidState("The post is archived already.")
    before = contribution_of(post)
    post.status = Status.ARCHIVED
    finish(post, before)
    record("posts.archived", {"post_id": post.pk})
    return post


@every(seconds=15)
def settle_due_posts() -> int:
    """Follow up on scheduled posts that became visible: status, counters, event. Returns how many."""
    settled = 0
    for pk in list(Post.objects.due().order_by("published_at").values_list("pk", flat=True)[:200]):
        settled += _settle(pk)
    return settled


@transaction.atomic
def _settle(pk: int) -> bool:
    post = Post.objects.due().select_for_update().filter(pk=pk).first()
    if post is None:
        return False
    settle_locked(post)
    return True


def settle_locked(post: Post) -> None:
    """Make a scheduled post that came due, whose row is locked, a published one. Nobody edited it."""
    before = contribution_of(post)
    post.status = Status.PUBLISHED
    close_review(post)
    finish(post, before, is_edit=False)
    record("posts.published", {"post_id": post.pk, "first_time": True})


@every(minutes=1)
def refill_tag_names() -> int:
    """Repeat the names of tags on posts that lost them to a renaming. Returns how many posts."""
    posts = list(Post.objects.filter(tag_names__isnull=True).only("tag_names").order_by("pk")[:1000])
    load_tags(posts)
    for post in posts:
        Post.objects.filter(pk=post.pk, tag_names__isnull=True).update(tag_names=post.tag_names)
    return len(posts)


def _require_content(post: Post, *, allow_untitled: bool) -> None:
    if not post.title and not allow_untitled:
        raise FieldProblem("title", "Give the post a title before publishing it.", code="required")


def _derive_slug(post: Post) -> None:
    """A slug that nobody chose follows the title of the first publication, not that of the first keystrokes."""
    if post.slug_is_custom or PostSlug.objects.filter(post=post).count() > 1:
        return
    post.slug = free_slug(post.title, post=post)
