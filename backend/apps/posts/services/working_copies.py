"""Working copies: changes to a published post that readers do not see yet.

Each has versions of its own and knows the version of the post that it was made from (`base_version`). Its saves are
revisions of the post, so that what is discarded or published stays in the history. Whoever writes one holds the lock
on the post's row.
"""

from typing import cast

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.common.conditional import check_version
from apps.common.errors import FieldProblem, InvalidState
from apps.posts.content import Content, PostChanges, changes_from, content_of, with_body, with_changes, without_body
from apps.posts.errors import PostChanged, WorkingCopyExists, WorkingCopyGone
from apps.posts.models import Post, Revision, WorkingCopy
from apps.posts.services.approval import close_review, end_approval, require_approval
from apps.posts.services.history import Kind, add_revision, content_at, require_room_for_name, snapshot_of
from apps.posts.services.series import series_slug
from apps.posts.services.slugs import require_free_slug, retry_taken_slug
from apps.posts.services.writing import lock_post, update_post
from apps.tags.services import tag_slugs

MAX_KEPT = 200
"""Versions put aside of one post: they stay for good."""


def content_in(working_copy: WorkingCopy) -> Content:
    """The content that the post is to have."""
    return with_body(working_copy.content, working_copy.body)


@transaction.atomic
def create_working_copy(
    *,
    post: Post,
    changes: PostChanges,
    editor: User | None,
    base_version: int | None = None,
    restored_from: int | None = None,
) -> WorkingCopy:
    """Begin changing a published post in private. What `changes` leaves out is as in the post. Raises
    WorkingCopyExists where somebody did so already."""
    post = lock_post(post)
    existing = WorkingCopy.objects.filter(post=post).first()
    if existing is not None:
        raise WorkingCopyExists(existing.version)
    working_copy = WorkingCopy(post=post, version=0, base_version=post.version)
    present = content_of(post)
    del present["slug"]
    _fill(working_copy, with_changes(present, _checked(post, changes)), editor, base_version)
    _record(working_copy, editor, restored_from, is_changed=True)
    return working_copy


@transaction.atomic
def update_working_copy(
    *,
    post: Post,
    changes: PostChanges,
    expected: set[int],
    editor: User | None,
    base_version: int | None = None,
    restored_from: int | None = None,
) -> WorkingCopy:
    """Write into the working copy; what `changes` leaves out stays. With `base_version` it counts from then on as made
    from that version of the post, whose changes its author has brought in."""
    post = lock_post(post)
    working_copy = _lock(post, expected)
    before = content_in(working_copy)
    _fill(working_copy, with_changes(before, _checked(post, changes)), editor, base_version)
    _record(working_copy, editor, restored_from, is_changed=content_in(working_copy) != before)
    return working_copy


@transaction.atomic
def discard_working_copy(*, post: Post, expected: set[int]) -> None:
    """Give up the changes. Their revisions stay."""
    post = lock_post(post)
    _lock(post, expected).delete()
    close_review(post)


@retry_taken_slug
@transaction.atomic
def publish_working_copy(*, post: Post, expected: set[int], editor: User | None) -> Post:
    """Write the changes into the post, for all readers. Raises PostChanged when the post is no longer what they were
    made from."""
    post = lock_post(post)
    require_approval(post, editor)
    working_copy = _lock(post, expected)
    if working_copy.base_version != post.version:
        raise PostChanged(post.version)
    changed = update_post(post=post, changes=changes_from(content_in(working_copy)), editor=editor)
    working_copy.delete()
    close_review(changed)
    return changed


@transaction.atomic
def name_present(*, post: Post, name: str, editor: User | None) -> Revision:
    """Make a milestone of what stands in the editor: the working copy where there is one, else the post."""
    post = lock_post(post)
    require_room_for_name(post)
    working_copy = WorkingCopy.objects.filter(post=post).first()
    content = content_in(working_copy) if working_copy else content_of(post)
    newest = Revision.objects.filter(post=post).exclude(kind=Kind.KEPT).first()
    if newest is not None and not newest.name and content_at(newest) == content:
        newest.name = name
        newest.save(update_fields=["name"])
        return newest
    kind = Kind.WORKING_COPY if working_copy else Kind.SAVED
    return add_revision(post, content, author=editor, kind=kind, name=name)


@transaction.atomic
def keep_version(*, post: Post, changes: PostChanges, editor: User | None, name: str = "") -> Revision:
    """Put a version that the post never had into its history: the other side of a conflict, say. What `changes` leaves
    out is as in the post."""
    post = lock_post(post)
    if Revision.objects.filter(post=post, kind=Kind.KEPT).count() >= MAX_KEPT:
        raise InvalidState(
            f"{MAX_KEPT} versions of this post were put aside already. Save this one as a post of its own."
        )
    before = snapshot_of(post)
    content = with_changes(before.content, changes)
    return add_revision(post, content, author=editor, kind=Kind.KEPT, name=name, before=before)


def restore_revision(*, post: Post, revision: Revision, expected: set[int] | None, editor: User | None) -> Post:
    """Give the post the content that the revision shows, as a new revision. The address stays as it is."""
    return update_post(
        post=post,
        changes=changes_from(_without_slug(content_at(revision))),
        expected=expected,
        editor=editor,
        restored_from=revision.number,
        is_direct=True,
    )


def restored_changes(revision: Revision) -> PostChanges:
    """What has to be written into a working copy to bring the revision back there."""
    return changes_from(_without_slug(content_at(revision)))


def _without_slug(content: Content) -> Content:
    return cast("Content", {name: value for name, value in content.items() if name != "slug"})


def _lock(post: Post, expected: set[int]) -> WorkingCopy:
    working_copy = WorkingCopy.objects.filter(post=post).first()
    if working_copy is None:
        raise WorkingCopyGone
    check_version(working_copy.version, expected)
    return working_copy


def _checked(post: Post, changes: PostChanges) -> PostChanges:
    """The changes, if publishing could carry them out; what is wrong is said while it is being written."""
    if not post.is_live:
        raise InvalidState("Only a published post has a working copy. Change this one directly.")
    if "slug" in changes:
        require_free_slug(changes["slug"], post)
    if "tags" in changes:
        tag_slugs(changes["tags"], limit=None)
    if changes.get("series"):
        series_slug(changes["series"] or "")
    return changes


def _fill(working_copy: WorkingCopy, content: Content, editor: User | None, base_version: int | None) -> None:
    """Save the next version of the working copy."""
    if base_version is not None:
        if base_version > working_copy.post.version:
            raise FieldProblem("base_version", "The post has no such version yet.")
        working_copy.base_version = base_version
    working_copy.version += 1
    working_copy.body = content["body"]
    working_copy.content = without_body(content)
    working_copy.author = editor
    working_copy.updated_at = timezone.now()
    working_copy.save()


def _record(working_copy: WorkingCopy, editor: User | None, restored_from: int | None, *, is_changed: bool) -> None:
    if not is_changed and restored_from is None:
        return
    end_approval(working_copy.post, editor=editor)
    add_revision(
        working_copy.post,
        content_in(working_copy),
        author=editor,
        kind=Kind.WORKING_COPY,
        restored_from=restored_from,
        before=snapshot_of(working_copy.post),
    )
