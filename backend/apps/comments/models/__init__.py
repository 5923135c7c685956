"""Comments, what was edited in them, and whom they mention."""

from apps.comments.models.comment import MAX_DEPTH, PATH_STEP, Comment, path_segment
from apps.comments.models.edits import CommentEdit, Mention

__all__ = ["MAX_DEPTH", "PATH_STEP", "Comment", "CommentEdit", "Mention", "path_segment"]
