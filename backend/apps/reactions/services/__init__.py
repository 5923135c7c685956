"""Writes of likes and bookmarks, one module a subject."""

from apps.reactions.services.bookmarks import add_bookmark, remove_bookmark
from apps.reactions.services.leaving import forget_reactions
from apps.reactions.services.likes import Liked, like_comment, like_post, unlike_comment, unlike_post
from apps.reactions.services.recounting import recount_reactions

__all__ = [
    "Liked",
    "add_bookmark",
    "forget_reactions",
    "like_comment",
    "like_post",
    "recount_reactions",
    "remove_bookmark",
    "unlike_comment",
    "unlike_post",
]
