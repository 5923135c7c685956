"""Writing comments. Counters and the shape of the thread change in the transaction of the comment."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.accounts.models import Block, User
from apps.comments.errors import NotWelcome
from apps.comments.models import MAX_DEPTH, PATH_STEP, Comment, path_segment
from apps.common.conditional import check_version
from apps.common.errors import DomainError, FieldProblem, InvalidState
from apps.common.markup import render_comment
from apps.common.outbox import record
from apps.posts.models import Post

Status = Comment.Status


class CommentGone(DomainError):
    status = 404
    code = "not_found"
    title = "There is nothing here"


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Who wrote an imported comment without having an account."""

    name: str
    email: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where an imported comment comes from: its key, its time and its state."""

    import_key: str
    created_at: datetime
    status: str = Status.VISIBLE


@transaction.atomic
def add_comment(
    *,
    post: Post,
    author: User | None,
    body: str,
    parent: Comment | None = None,
    guest: Guest | None = None,
    origin: Origin | None = None,
) -> Comment:
    """Write a comment, or a reply to `parent`. Imports give a guest and an origin and pass a closed thread.

    The post's row is locked first, so that ids within a thread come in the order in which they commit.
    """
    locked: Post | None = Post.objects.select_for_update().filter(pk=post.pk).first()
    if locked is None:
        raise CommentGone
    if origin is None and not locked.is_live:
        raise InvalidState("Only published posts take comments.")
    if origin is None and locked.comment_policy != Post.CommentPolicy.OPEN:
        raise InvalidState("Comments on this post are closed.")
    if origin is None and author is not None:
        _refuse_the_blocked(author, locked, parent)
    parent = _reply_target(locked, parent, is_import=origin is not None)
    comment = Comment(post=locked, author=author, parent=parent, body=body, body_html=render_comment(body))
    if guest is not None:
        comment.guest_name, comment.guest_email, comment.guest_url = guest.name, guest.email, guest.url
    if origin is not None:
        comment.import_key, comment.created_at, comment.status = (
            origin.import_key,
            origin.created_at,
            origin.status,
        )
    comment.root_id = 0
    comment.save(force_insert=True)
    comment.path = (parent.path if parent else "") + path_segment(comment.pk)
    comment.root_id = parent.root_id if parent else comment.pk
    comment.save(update_fields=["path", "root_id"])
    if comment.status == Status.VISIBLE:
        _count(comment, +1)
    record("comments.created", {"comment_id": comment.pk, "post_id": post.pk, "imported": origin is not None})
    return comment


@transaction.atomic
def edit_comment(*, comment: Comment, body: str, expected: set[int] | None = None) -> Comment:
    """Replace the text; the comment is marked as edited."""
    comment = _lock(comment, expected)
    comment.body = body
    comment.body_html = render_comment(body)
    comment.edited_at = timezone.now()
    comment.version += 1
    comment.save(update_fields=["body", "body_html", "edited_at", "version"])
    record("comments.edited", {"comment_id": comment.pk, "version": comment.version})
    return comment


@transaction.atomic
def delete_comment(*, comment: Comment, expected: set[int] | None = None) -> Comment:
    """Its author takes the comment back: the text goes, its place stays while visible replies hang on it."""
    comment = _lock(comment, expected)
    comment.body = comment.body_html = ""
    _set_status(comment, Status.DELETED)
    comment.save(update_fields=["body", "body_html", "status", "version"])
    record("comments.deleted", {"comment_id": comment.pk})
    return comment


@transaction.atomic
def moderate_comment(*, comment: Comment, status: str, expected: set[int] | None = None) -> Comment:
    """A moderator approves, removes or marks as spam; the text is kept. What its author deleted stays deleted."""
    comment = _lock(comment, expected)
    if comment.status == Status.DELETED or status == Status.DELETED:
        raise InvalidState("The author deleted this comment; nothing is left to decide on.")
    if comment.status == status:
        return comment
    _set_status(comment, status)
    comment.save(update_fields=["status", "version"])
    record("comments.moderated", {"comment_id": comment.pk, "status": status})
    return comment


def _set_status(comment: Comment, status: str) -> None:
    was_visible = comment.status == Status.VISIBLE
    comment.status = status
    comment.version += 1
    if was_visible != (status == Status.VISIBLE):
        _count(comment, -1 if was_visible else +1)


def _count(comment: Comment, change: int) -> None:
    """Add a comment that became visible to all counters, or take one out that no longer is."""
    Post.objects.filter(pk=comment.post_id).update(comment_count=F("comment_count") + change)
    if comment.author_id:
        User.objects.filter(pk=comment.author_id).update(comment_count=F("comment_count") + change)
    ancestors = comment.ancestor_ids
    if ancestors:
        Comment.objects.filter(pk__in=ancestors).update(visible_descendants=F("visible_descendants") + change)
        Comment.objects.filter(pk=ancestors[-1]).update(reply_count=F("reply_count") + change)


def _refuse_the_blocked(author: User, post: Post, parent: Comment | None) -> None:
    """Nobody answers somebody who has blocked them: neither the author of the post nor that of the comment."""
    answered = parent.author_id if parent else None
    blockers = Block.objects.blockers_of(author, among=[post.author_id, answered])
    if post.author_id in blockers:
        raise NotWelcome("The author of this post has limited who may comment on it.")
    if answered in blockers:
        raise NotWelcome("The author of that comment has limited who may reply to it.")


def _reply_target(post: Post, parent: Comment | None, *, is_import: bool) -> Comment | None:
    """The comment to hang a reply on: its own parent where the thread is as deep as it may get."""
    if parent is None:
        return None
    if parent.post_id != post.pk:
        raise FieldProblem("parent", "That comment belongs to another post.", code="foreign_parent")
    if not is_import and parent.status != Status.VISIBLE:
        raise FieldProblem("parent", "That comment is not there any more; reply to another one.", code="gone")
    if parent.depth >= MAX_DEPTH:
        return Comment.objects.get(path=parent.path[:-PATH_STEP], post=post)
    return parent


def _lock(comment: Comment, expected: set[int] | None) -> Comment:
    """Lock post and comment, in the order of every other write, and compare versions."""
    Post.objects.select_for_update().filter(pk=comment.post_id).first()
    locked: Comment | None = Comment.objects.select_for_update().filter(pk=comment.pk).first()
    if locked is None:
        raise CommentGone
    check_version(locked.version, expected)
    return locked
