"""What can be done with posts."""

from apps.posts.content import PostChanges
from apps.posts.services.counters import due_counts, recount
from apps.posts.services.duplicating import duplicate_post
from apps.posts.services.publishing import (
    archive_post,
    publish_post,
    refill_tag_names,
    schedule_post,
    settle_due_posts,
    unpublish_post,
)
from apps.posts.services.thinning import thin_histories
from apps.posts.services.trash import purge_trash, restore_post, trash_post
from apps.posts.services.writing import create_post, delete_post, update_post

__all__ = [
    "PostChanges",
    "archive_post",
    "create_post",
    "delete_post",
    "due_counts",
    "duplicate_post",
    "publish_post",
    "purge_trash",
    "recount",
    "refill_tag_names",
    "restore_post",
    "schedule_post",
    "settle_due_posts",
    "thin_histories",
    "trash_post",
    "unpublish_post",
    "update_post",
]
