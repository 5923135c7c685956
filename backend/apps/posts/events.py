"""What the outbox tells of posts, in the groups in which other apps listen. Each payload holds `post_id`."""

APPEARANCES = (
    "posts.published",
    "posts.unpublished",
    "posts.archived",
    "posts.trashed",
    "posts.restored",
    "posts.deleted",
)
"""A post has come before the public's eyes, or gone from them."""

CHANGES = (*APPEARANCES, "posts.updated")
"""What the public sees of a post is another thing than before."""
