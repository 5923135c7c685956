"""The history of a post: a revision for each change of its content, written in the transaction that makes the change.

Numbers are given out under the lock on the post's row, so there are no gaps and no two of one number.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from apps.accounts.models import User
from apps.common.errors import InvalidState
from apps.posts.content import Content, content_of, count_words, with_body, without_body
from apps.posts.models import Post, Revision
from apps.posts.services.pictures import note_images

Kind = Revision.Kind


MAX_NAMED = 500


@dataclass(frozen=True)
class Snapshot:
    """What a post was before a write: its content, its version, and when it was saved."""

    content: Content
    version: int
    saved_at: datetime


def snapshot_of(post: Post) -> Snapshot:
    """The post as it is now."""
    return Snapshot(content_of(post), post.version, post.updated_at)


def record_change(
    post: Post, before: Snapshot, *, editor: User | None = None, restored_from: int | None = None
) -> Revision | None:
    """Write a revision of the post's content if it is another one than before, or was brought back on purpose."""
    content = content_of(post)
    if content == before.content and restored_from is None:
        return None
    kind = Kind.SAVED if restored_from is None else Kind.RESTORED
    return add_revision(post, content, author=editor, kind=kind, restored_from=restored_from, before=before)


def add_revision(
    post: Post,
    content: Content,
    *,
    author: User | None,
    kind: str = Kind.SAVED,
    name: str = "",
    restored_from: int | None = None,
    before: Snapshot | None = None,
) -> Revision:
    """Write a revision of this content; the post's row must be locked, or new. Where the history is still empty, what
    the post was `before` comes first."""
    last = Revision.objects.filter(post=post).aggregate(last=Max("number"))["last"] or 0
    rows = []
    if last == 0 and before is not None:
        rows.append(_original(post, before))
    rows.append(
        Revision(
            post=post,
            number=last + len(rows) + 1,
            kind=kind,
            name=name,
            author=author,
            post_version=post.version,
            restored_from=restored_from,
            word_count=count_words(content),
            body=content["body"],
            content=without_body(content),
        )
    )
    Revision.objects.bulk_create(rows)
    note_images(post, content)
    return rows[-1]


def content_at(revision: Revision) -> Content:
    """The content that the revision keeps."""
    return with_body(revision.content, revision.body)


@transaction.atomic
def name_revision(*, revision: Revision, name: str) -> Revision:
    """Make the revision a milestone, or (with an empty name) an ordinary one again."""
    post = Post.objects.select_for_update().filter(pk=revision.post_id).first()  # thinning waits, or is done
    if post is not None and name and not revision.name:
        require_room_for_name(post)
    revision.name = name
    revision.save(update_fields=["name"])
    return revision


def require_room_for_name(post: Post) -> None:
    """Named revisions stay for good: there is an end to them."""
    if Revision.objects.filter(post=post).exclude(name="").count() >= MAX_NAMED:
        raise InvalidState(f"{MAX_NAMED} versions of this post have names. Take the name off one first.")


def _original(post: Post, before: Snapshot) -> Revision:
    """The revision of a post from before there were revisions, or from elsewhere."""
    return Revision(
        post=post,
        number=1,
        kind=Kind.ORIGINAL,
        author_id=post.author_id,
        created_at=before.saved_at,
        post_version=before.version,
        word_count=count_words(before.content),
        body=before.content["body"],
        content=without_body(before.content),
    )
