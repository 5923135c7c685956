"""Writing posts. Every write locks the row, compares versions, and leaves counters, slugs and outbox in step."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from apps.accounts.models import User
from apps.common.conditional import check_version
from apps.common.errors import FieldProblem, InvalidState
from apps.common.outbox import record
from apps.media.rendering import picture_at
from apps.posts.content import PostChanges, content_of
from apps.posts.errors import PostGone
from apps.posts.models import Post, PostTag
from apps.posts.querysets import LIVE_STATUSES
from apps.posts.services.approval import end_approval, require_unpublished
from apps.posts.services.counters import NOTHING, Contribution, contribution_of, move
from apps.posts.services.history import add_revision, record_change, snapshot_of
from apps.posts.services.rendering import render_body
from apps.posts.services.series import drop_if_left, join_series
from apps.posts.services.slugs import choose_slug, free_slug, remember_slug, retry_taken_slug
from apps.tags.models import Tag
from apps.tags.services import MAX_TAGS, resolve_tags

LONGEST_CANONICAL = 500
"""Characters; the column is this long."""
PLAIN_FIELDS = (
    "title",
    "excerpt",
    "body",
    "body_format",
    "cover_url",
    "cover_alt",
    "language",
    "canonical_url",
    "comment_policy",
    "featured",
)


@retry_taken_slug
@transaction.atomic
def create_post(
    *,
    author: User,
    changes: PostChanges,
    created_at: datetime | None = None,
    import_key: str | None = None,
) -> Post:
    """A new draft. Its slug follows from the title unless one is given; imports say when and where it came from."""
    now = timezone.now()
    post = Post(author=author, created_at=created_at or now, updated_at=now, import_key=import_key, tag_names=[])
    _apply(post, changes)
    if not changes.get("slug"):
        post.slug = free_slug(post.title)
    render_body(post)
    post.save(force_insert=True)
    remember_slug(post)
    if "tags" in changes:
        set_tags(post, changes["tags"])
    add_revision(post, content_of(post), author=author)
    record("posts.created", {"post_id": post.pk})
    return post


@retry_taken_slug
@transaction.atomic
def update_post(
    *,
    post: Post,
    changes: PostChanges,
    expected: set[int] | None = None,
    editor: User | None = None,
    restored_from: int | None = None,
    is_direct: bool = False,
) -> Post:
    """Change a post; raises VersionConflict when `expected` does not hold its current version.

    The history says that `editor` did it; `restored_from` is the number of the revision that the changes bring back.
    `is_direct`: the changes reach readers as they are, so whether they may is looked at once more, under the lock.
    """
    post = lock_post(post, expected)
    if is_direct and changes.keys() - {"comment_policy"}:
        require_unpublished(post, editor)
    before, seen = contribution_of(post), snapshot_of(post)
    content = seen.content
    was_in = post.series_id
    _apply(post, changes)
    if (post.body, post.body_format) != (content["body"], content["body_format"]):
        render_body(post)
    if changes.get("tags", content["tags"]) != content["tags"]:
        set_tags(post, changes["tags"], limit=MAX_TAGS if restored_from is None else None)
    finish(post, before)
    if was_in != post.series_id:
        drop_if_left(was_in)
    if record_change(post, seen, editor=editor, restored_from=restored_from) is not None:
        end_approval(post, editor=editor)
    record("posts.updated", {"post_id": post.pk, "old_slug": content["slug"], "version": post.version})
    return post


@transaction.atomic
def delete_post(*, post: Post, expected: set[int] | None = None) -> None:
    """Delete a post for good, with its comments and its slugs. What people delete goes to the trash first."""
    post = lock_post(post, expected, in_trash=True)
    move(contribution_of(post), NOTHING)
    record("posts.deleted", {"post_id": post.pk, "slug": post.slug})
    was_in = post.series_id
    post.delete()
    drop_if_left(was_in)


def lock_post(post: Post, expected: set[int] | None = None, *, in_trash: bool = False) -> Post:
    """The post's row, fresh and locked until the transaction ends, at one of the versions that the caller saw.

    A post in the trash is left as it is: raises InvalidState, but for what is done with it there (`in_trash`).
    """
    locked: Post | None = Post.objects.select_for_update().filter(pk=post.pk).first()
    if locked is None:
        raise PostGone
    check_version(locked.version, expected)
    if locked.status == Post.Status.TRASHED and not in_trash:
        raise InvalidState("The post is in the trash. Restore it first.")
    return locked


def finish(post: Post, before: Contribution, *, is_edit: bool = True) -> None:
    """Save a changed post: next version, slug remembered, tags' copies of its time and all counters in step.

    What nobody edited (a scheduled post coming due) leaves the version alone, so that it costs no author a 412.
    """
    if is_edit:
        post.version += 1
        post.updated_at = timezone.now()
    post.save()
    remember_slug(post)
    listed = post.published_at if post.status in LIVE_STATUSES else None
    PostTag.objects.filter(post=post).update(published_at=listed)
    move(before, contribution_of(post))


def set_tags(post: Post, names: Iterable[str], *, limit: int | None = MAX_TAGS) -> None:
    """Make these the post's tags, in this order; unknown ones are created. Without a `limit` for imported posts, which
    may have had more."""
    wanted = resolve_tags(names, limit=limit)
    PostTag.objects.filter(post=post).exclude(tag__in=wanted).delete()
    listed = post.published_at if post.status in LIVE_STATUSES else None
    PostTag.objects.bulk_create(
        [PostTag(post=post, tag=tag, position=place, published_at=listed) for place, tag in enumerate(wanted)],
        update_conflicts=True,
        unique_fields=["post", "tag"],
        update_fields=["position", "published_at"],
    )
    keep_tag_names(post, wanted)


def keep_tag_names(post: Post, tags: Iterable[Tag]) -> None:
    """Repeat the tags' slugs and names on the post, where answers read them."""
    post.tag_names = [[tag.slug, tag.name] for tag in tags]
    Post.objects.filter(pk=post.pk).update(tag_names=post.tag_names)


def _as_uri(address: str) -> str:
    """The address as documents name it: with nothing in it that a URI cannot hold."""
    uri = iri_to_uri(address)
    if len(uri) > LONGEST_CANONICAL:
        raise FieldProblem("canonical_url", "This address is too long once it is encoded.", code="max_length")
    return uri


def _apply(post: Post, changes: PostChanges) -> None:
    for name in PLAIN_FIELDS:
        if name in changes:
            setattr(post, name, changes[name])  # type: ignore[literal-required]
    if "canonical_url" in changes:
        post.canonical_url = _as_uri(changes["canonical_url"])
    if "cover_url" in changes:
        post.cover_image = picture_at(post.cover_url)
    if "category" in changes:
        post.category = changes["category"]
    if "series" in changes or "series_position" in changes:
        join_series(post, changes)
    slug = changes.get("slug")
    if slug and slug != post.slug:
        choose_slug(post, slug)
    if post.status in LIVE_STATUSES and "title" in changes and not post.title:
        raise FieldProblem("title", "A published post needs a title.", code="required")
