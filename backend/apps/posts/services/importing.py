"""Posts that come from elsewhere, with their past: when they were written and published, and under which slugs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.common.outbox import record
from apps.media.rendering import picture_at
from apps.posts.content import PostChanges, content_of
from apps.posts.models import Post, PostSlug, PostTag
from apps.posts.querysets import LIVE_STATUSES
from apps.posts.services.counters import NOTHING, contribution_of, move
from apps.posts.services.pictures import note_images
from apps.posts.services.rendering import render_body
from apps.posts.services.series import join_series
from apps.posts.services.slugs import free_slug, remember_slug
from apps.posts.services.writing import PLAIN_FIELDS, keep_tag_names
from apps.tags.models import Tag


@dataclass(frozen=True, kw_only=True)
class PostOrigin:
    """What a post was where it comes from. `slug` and `former_slugs` are taken as far as they are free."""

    import_key: str
    status: str
    created_at: datetime
    updated_at: datetime | None = None
    published_at: datetime | None = None
    slug: str = ""
    former_slugs: Iterable[str] = ()


@transaction.atomic
def import_post(*, author: User, changes: PostChanges, tags: list[Tag], origin: PostOrigin) -> Post:
    """Write a post as it was: in its state, with its dates, in its first version.

    Unlike `create_post` it takes any number of tags and a published post without a title (`untitled-1`, …). Its
    events are marked as `imported`: what is old news must not be announced.
    """
    updated_at = origin.updated_at or origin.created_at
    post = Post(
        author=author,
        import_key=origin.import_key,
        status=origin.status,
        created_at=origin.created_at,
        updated_at=min(updated_at, timezone.now()),
        published_at=origin.published_at,
        category=changes.get("category"),
        slug_is_custom=bool(origin.slug and changes.get("title")),
    )
    for name in PLAIN_FIELDS:
        if name in changes:
            setattr(post, name, changes[name])  # type: ignore[literal-required]
    post.cover_image = picture_at(post.cover_url)
    if changes.get("series"):
        join_series(post, changes)
    post.slug = free_slug((origin.slug or post.title) if post.title else "")
    render_body(post)
    post.save(force_insert=True)
    remember_slug(post)
    _remember_former_slugs(post, [origin.slug, *origin.former_slugs])
    listed = post.published_at if post.status in LIVE_STATUSES else None
    PostTag.objects.bulk_create(
        [PostTag(post=post, tag=tag, position=place, published_at=listed) for place, tag in enumerate(tags)]
    )
    keep_tag_names(post, tags)
    note_images(post, content_of(post))
    move(NOTHING, contribution_of(post))
    _record_events(post)
    return post


def _remember_former_slugs(post: Post, slugs: Iterable[str]) -> None:
    """Old addresses of the post that no other post has or had keep leading to it."""
    for slug in dict.fromkeys(slugs):
        if slug and slug != post.slug:
            PostSlug.objects.get_or_create(slug=slug, defaults={"post": post})


def _record_events(post: Post) -> None:
    record("posts.created", {"post_id": post.pk, "imported": True})
    if post.status == Post.Status.PUBLISHED:
        record("posts.published", {"post_id": post.pk, "first_time": True, "imported": True})
    elif post.status == Post.Status.SCHEDULED:
        record("posts.scheduled", {"post_id": post.pk})
