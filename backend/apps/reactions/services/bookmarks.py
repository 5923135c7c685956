"""The reading list."""

from django.db import transaction

from apps.accounts.models import User
from apps.posts.errors import PostGone
from apps.posts.models import Post
from apps.reactions.errors import ReadingListFull
from apps.reactions.models import Bookmark

MAX_BOOKMARKS = 5000
"""Posts on one reading list."""


@transaction.atomic
def add_bookmark(*, post: Post, user: User) -> None:
    """Keep a post to read later; keeping it twice is keeping it once. Raises PostGone and ReadingListFull."""
    if not Post.objects.select_for_update(no_key=True).filter(pk=post.pk).values_list("pk"):
        raise PostGone
    _, is_new = Bookmark.objects.get_or_create(user=user, post=post)
    if is_new and Bookmark.objects.filter(user=user).count() > MAX_BOOKMARKS:
        raise ReadingListFull(f"Your reading list holds {MAX_BOOKMARKS} posts already. Remove one first.")


def remove_bookmark(*, post: Post, user: User) -> None:
    """Take it off the list; not being on it is no error."""
    Bookmark.objects.filter(user=user, post=post).delete()
