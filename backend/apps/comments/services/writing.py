"""Adding, editing and taking back comments."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.comments import gates
from apps.comments.errors import CommentGone, CommentRefused
from apps.comments.models import Comment, CommentEdit, path_segment
from apps.comments.policies import can_moderate
from apps.comments.services.refusals import (
    refuse_late_edit,
    refuse_the_silenced,
    refuse_the_unwelcome,
    refuse_where_closed,
    reply_target,
)
from apps.comments.services.state import Status, keep_mentions, lock, set_status, show, write_body
from apps.common.errors import InvalidState
from apps.common.outbox import record
from apps.posts.models import Post

_HELD = {"hold": Status.PENDING, "spam": Status.SPAM}


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Who wrote an imported comment without having an account."""

    name: str
    email: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where an imported comment comes from: its key, its time and its state. Without a key it is one of this site, of
    some time ago."""

    import_key: str | None = None
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
    """Write a comment, or a reply to `parent`. Imports give a guest and an origin; they pass a closed thread and all
    gates, and are no news to anybody.

    The post's row is locked first, so that ids within a thread come in the order in which they commit.
    """
    locked: Post | None = Post.objects.select_for_update().filter(pk=post.pk).first()
    if locked is None:
        raise CommentGone
    if origin is None:
        refuse_where_closed(locked)
        if author is not None:
            refuse_the_unwelcome(author, locked, parent)
    parent = reply_target(locked, parent, is_import=origin is not None)
    comment = Comment(post=locked, author=author, parent=parent, root_id=0)
    if guest is not None:
        comment.guest_name, comment.guest_email, comment.guest_url = guest.name, guest.email, guest.url
    if origin is not None:
        comment.import_key, comment.created_at, comment.status = origin.import_key, origin.created_at, origin.status
        comment.shown_at = origin.created_at
    verdict = _ask_gates(gates.Draft(post=locked, author=author, body=body, parent=parent)) if origin is None else None
    if verdict is not None:
        comment.status = _HELD[verdict.action]
    people = write_body(comment, body)
    comment.save(force_insert=True)
    comment.path = (parent.path if parent else "") + path_segment(comment.pk)
    comment.root_id = parent.root_id if parent else comment.pk
    if comment.status == Status.VISIBLE:
        show(comment, people)
    comment.save(update_fields=["path", "root_id", "shown_at"])
    if verdict is not None:
        gates.tell(comment, verdict)
    record("comments.created", {"comment_id": comment.pk, "post_id": locked.pk, "imported": origin is not None})
    return comment


@transaction.atomic
def edit_comment(
    *, comment: Comment, body: str, editor: User | None = None, expected: set[int] | None = None
) -> Comment:
    """Replace the text; the comment is marked as edited, and the former text kept for moderators. Moderators, and the
    site itself (no editor), are held up by no window and no gate, but by a silence moderators are as well."""
    comment = lock(comment, expected)
    if comment.status == Status.DELETED:
        raise InvalidState("This comment was deleted; there is nothing to edit.")
    verdict = None
    if editor is not None:
        refuse_the_silenced(editor)
    if editor is not None and not can_moderate(editor):
        refuse_late_edit(comment)
        verdict = _ask_gates(gates.Draft(post=comment.post, author=comment.author, body=body, comment=comment))
    if comment.body != body:
        CommentEdit.objects.create(comment=comment, body=comment.body, replaced_by=editor)
    people = write_body(comment, body)
    comment.edited_at = timezone.now()
    if verdict is not None and comment.status == Status.VISIBLE:
        set_status(comment, _HELD[verdict.action])
    else:
        comment.version += 1
        if comment.status == Status.VISIBLE:
            keep_mentions(comment, people)
    comment.save(update_fields=["body", "body_html", "edited_at", "status", "version"])
    if verdict is not None:
        gates.tell(comment, verdict)
    record("comments.edited", {"comment_id": comment.pk, "version": comment.version})
    return comment


@transaction.atomic
def delete_comment(*, comment: Comment, expected: set[int] | None = None) -> Comment:
    """Its author takes the comment back: the text goes with all that it ever said, its place stays while visible
    replies hang on it."""
    comment = lock(comment, expected)
    comment.body = comment.body_html = ""
    set_status(comment, Status.DELETED)
    CommentEdit.objects.filter(comment=comment).delete()
    comment.save(update_fields=["body", "body_html", "status", "version"])
    record("comments.deleted", {"comment_id": comment.pk})
    return comment


def _ask_gates(draft: gates.Draft) -> gates.Verdict | None:
    """What the gates say; raises CommentRefused where one of them refuses."""
    verdict = gates.ask(draft)
    if verdict is not None and verdict.action == "refuse":
        raise CommentRefused(verdict.message)
    return verdict
