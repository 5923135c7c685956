"""Writing comments. Counters and the shape of the thread change in the transaction of the comment."""

from apps.comments.errors import CommentGone
from apps.comments.services.leaving import forget_traces
from apps.comments.services.moderating import moderate_comment
from apps.comments.services.writing import Guest, Origin, add_comment, delete_comment, edit_comment

__all__ = [
    "CommentGone",
    "Guest",
    "Origin",
    "add_comment",
    "delete_comment",
    "edit_comment",
    "forget_traces",
    "moderate_comment",
]
