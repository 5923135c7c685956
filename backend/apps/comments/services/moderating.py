"""What moderators decide about single comments."""

from django.db import transaction

from apps.comments.models import Comment
from apps.comments.services.state import Status, lock, set_status
from apps.common.errors import InvalidState
from apps.common.outbox import record


@transaction.atomic
def moderate_comment(*, comment: Comment, status: str, expected: set[int] | None = None) -> Comment:
    """A moderator approves, removes or marks as spam; the text is kept. What its author deleted stays deleted."""
    comment = lock(comment, expected)
    if comment.status == Status.DELETED or status == Status.DELETED:
        raise InvalidState("The author deleted this comment; nothing is left to decide on.")
    if comment.status == status:
        return comment
    set_status(comment, status)
    comment.save(update_fields=["status", "version", "body_html", "shown_at"])
    record("comments.moderated", {"comment_id": comment.pk, "status": status})
    return comment
