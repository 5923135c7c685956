"""Decisions of moderators about comments go through whoever keeps account of them:

    @deciding.register
    def decide(*, comment, status, moderator, expected) -> Comment: ...

Without anybody registered they are carried out all the same.
"""

from collections.abc import Callable

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.comments.services import delete_comment, moderate_comment

Decider = Callable[..., Comment]
_deciders: list[Decider] = []


def register(decider: Decider) -> Decider:
    """From now on, this one carries out what moderators decide."""
    _deciders[:] = [decider]
    return decider


def decide_comment(*, comment: Comment, status: str, moderator: User, expected: set[int] | None = None) -> Comment:
    """Give the comment the status that the moderator decided on. `deleted`: take the text away for good."""
    if _deciders:
        return _deciders[0](comment=comment, status=status, moderator=moderator, expected=expected)
    return carry_out(comment=comment, status=status, expected=expected)


def carry_out(*, comment: Comment, status: str, expected: set[int] | None = None) -> Comment:
    """What happens to the comment itself."""
    if status == Comment.Status.DELETED:
        return delete_comment(comment=comment, expected=expected)
    return moderate_comment(comment=comment, status=status, expected=expected)
