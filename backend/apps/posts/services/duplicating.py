"""A post as the beginning of another one."""

from django.db import transaction

from apps.accounts.models import User
from apps.common.errors import InvalidState
from apps.posts.content import PostChanges
from apps.posts.models import Post
from apps.posts.services.writing import PLAIN_FIELDS, create_post
from apps.tags.services import MAX_TAGS

SUFFIX = " (copy)"
NOT_COPIED = {"featured", "canonical_url"}
"""What is true of one post alone: a copy is not featured, and first appeared nowhere."""


@transaction.atomic
def duplicate_post(*, post: Post, author: User) -> Post:
    """A new draft of the author's with the content of the post, under a title and a slug of its own."""
    # Read again: lists and details load some columns only, and the text must be that of one moment.
    source: Post = Post.objects.select_related("category").get(pk=post.pk)
    if source.status == Post.Status.TRASHED:
        raise InvalidState("The post is in the trash. Restore it first.")
    changes: PostChanges = {}
    for name in PLAIN_FIELDS:
        if name not in NOT_COPIED:
            changes[name] = getattr(source, name)  # type: ignore[literal-required]
    if source.title:
        longest: int = Post._meta.get_field("title").max_length or 0
        changes["title"] = f"{source.title[: longest - len(SUFFIX)].rstrip()}{SUFFIX}"
    changes["category"] = source.category
    changes["tags"] = [slug for slug, _ in source.shown_tags[:MAX_TAGS]]
    return create_post(author=author, changes=changes)
