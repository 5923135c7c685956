"""Posts and all that belongs to them."""

from apps.posts.models.archive import ArchiveMonth
from apps.posts.models.history import PreviewLink, Revision, WorkingCopy
from apps.posts.models.links import CoAuthor, PostImage, PostTag
from apps.posts.models.post import LIVE, Post
from apps.posts.models.series import Series
from apps.posts.models.slugs import PostSlug
from apps.posts.models.together import Presence, ReviewNote

__all__ = [
    "LIVE",
    "ArchiveMonth",
    "CoAuthor",
    "Post",
    "PostImage",
    "PostSlug",
    "PostTag",
    "Presence",
    "PreviewLink",
    "ReviewNote",
    "Revision",
    "Series",
    "WorkingCopy",
]
