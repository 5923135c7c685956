"""What can be done with posts."""

from apps.posts.services.counters import due_counts, recount
from apps.posts.services.publishing import (
    archive_post,
    publish_post,
    refill_tag_names,
    schedule_post,
    settle_due_posts,
    unpublish_post,
)
from apps.posts.services.writing import PostChanges, create_post, delete_post, update_post

__all__ = [
    "PostChanges",
    "archive_post",
    "create_post",
    "delete_post",
    "due_counts",
    "publish_post",
    "recount",
    "refill_tag_names",
    "schedule_post",
    "settle_due_posts",
    "unpublish_post",
    "update_post",
]
