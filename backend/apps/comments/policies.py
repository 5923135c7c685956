"""Who may do what with comments. Pure functions; an absent user means no."""

from collections.abc import Collection
from typing import Any

from apps.comments.models import Comment
from apps.posts.policies import can_comment

_EDITABLE = {Comment.Status.VISIBLE, Comment.Status.PENDING}


def can_moderate(user: Any) -> bool:
    return user is not None and user.is_authenticated and user.is_active and user.has_perm("comments.moderate_comment")


def can_edit_comment(user: Any, comment: Comment) -> bool:
    """Its author, while it is shown or waits for approval."""
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    return comment.author_id == user.pk and comment.status in _EDITABLE


def can_delete_comment(user: Any, comment: Comment) -> bool:
    """Its author takes it back; a moderator removes it."""
    if can_edit_comment(user, comment):
        return True
    return can_moderate(user) and comment.status in {*_EDITABLE, Comment.Status.SPAM}


def can_reply(user: Any, comment: Comment, *, blockers: Collection[int] = ()) -> bool:
    """Whoever may comment on the post, under a comment that is shown and whose author has not blocked them.
    `blockers`: the accounts that have blocked the user."""
    is_open = comment.status == Comment.Status.VISIBLE and comment.author_id not in blockers
    return is_open and can_comment(user, comment.post, blockers=blockers)


def permissions_on(user: Any, comment: Comment, *, blockers: Collection[int] = ()) -> dict[str, bool]:
    """What the caller may do with the comment, for `include=permissions`."""
    return {
        "edit": can_edit_comment(user, comment),
        "delete": can_delete_comment(user, comment),
        "reply": can_reply(user, comment, blockers=blockers),
    }
