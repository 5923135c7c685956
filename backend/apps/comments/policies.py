"""Who may do what with comments. Pure functions; an absent user means no."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.policies import roles_of
from apps.accounts.roles import Role
from apps.comments.models import Comment
from apps.posts.policies import can_comment

_EDITABLE = {Comment.Status.VISIBLE, Comment.Status.PENDING}


def can_moderate(user: Any) -> bool:
    return _is_active(user) and bool(user.has_perm("comments.moderate_comment"))


def can_edit_comment(user: Any, comment: Comment) -> bool:
    """Its author, while it is shown or waits for approval. Until when is another matter: `is_in_time`."""
    if not _is_active(user):
        return False
    return comment.author_id == user.pk and comment.status in _EDITABLE


def is_in_time(comment: Comment, minutes: int) -> bool:
    """Whether its author may still edit it, where the site gives so many minutes (0: all the time in the world)."""
    return not minutes or timezone.now() < comment.created_at + timedelta(minutes=minutes)


def can_delete_comment(user: Any, comment: Comment) -> bool:
    """Its author takes it back; a moderator removes it."""
    if can_edit_comment(user, comment):
        return True
    return can_moderate(user) and comment.status in {*_EDITABLE, Comment.Status.SPAM}


def can_rewrite(moderator: Any, comment: Comment) -> bool:
    """Change the words of a comment as a moderator: of admins only admins do, and nobody those of their own that were
    taken away, which an appeal may turn on."""
    if not can_moderate(moderator):
        return False
    if comment.author_id == moderator.pk:
        return comment.status in _EDITABLE
    is_of_admin = comment.author is not None and Role.ADMIN.value in roles_of(comment.author)
    return not is_of_admin or Role.ADMIN.value in roles_of(moderator)


def can_see_edits(user: Any, comment: Comment) -> bool:
    """Former texts are for moderators."""
    return can_moderate(user)


def can_reply(user: Any, comment: Comment, *, blockers: Collection[int] = ()) -> bool:
    """Whoever may comment on the post, under a comment that is shown and whose author has not blocked them.
    `blockers`: the accounts that have blocked the user."""
    return _is_open_to(user, comment, blockers) and can_comment(user, comment.post, blockers=blockers)


def can_like(user: Any, comment: Comment, *, blockers: Collection[int] = ()) -> bool:
    """Whoever is signed in, while it is shown under a post that is, and neither author has blocked them."""
    is_open = _is_open_to(user, comment, blockers) and comment.post.author_id not in blockers
    return _is_active(user) and is_open and comment.post.is_live


def can_report(user: Any, comment: Comment) -> bool:
    """Whoever is signed in, what others wrote and is shown."""
    is_others = _is_active(user) and comment.author_id != user.pk
    return is_others and comment.status == Comment.Status.VISIBLE


def permissions_on(
    user: Any, comment: Comment, *, blockers: Collection[int] = (), edit_minutes: int = 0
) -> dict[str, bool]:
    """What the caller may do with the comment now, for `include=permissions`."""
    in_time = is_in_time(comment, edit_minutes) or can_moderate(user)
    return {
        "edit": can_edit_comment(user, comment) and in_time and not is_silenced(user),
        "delete": can_delete_comment(user, comment),
        "reply": can_reply(user, comment, blockers=blockers) and not is_silenced(user),
        "like": can_like(user, comment, blockers=blockers) and not is_silenced(user),
        "report": can_report(user, comment),
    }


def is_silenced(user: Any) -> bool:
    """Whether moderators let this person read, but not write, for now."""
    until = getattr(user, "silenced_until", None)
    return until is not None and until > timezone.now()


def _is_active(user: Any) -> bool:
    return user is not None and user.is_authenticated and user.is_active


def _is_open_to(user: Any, comment: Comment, blockers: Collection[int]) -> bool:
    return comment.status == Comment.Status.VISIBLE and comment.author_id not in blockers
