"""Posts for tests, made by the same services as real ones."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.posts.content import PostChanges
from apps.posts.models import Post
from apps.posts.services import archive_post, create_post, publish_post, schedule_post, trash_post

STATES = ("draft", "scheduled", "due", "published", "archived")
"""`due` is scheduled with its time behind it but not settled yet: readers see it."""


def make_post(author: User, state: str = "published", **changes: Any) -> Post:
    """A post of that author in that state."""
    wanted: PostChanges = {"title": "A post", "body": "Some *text*.", **changes}  # type: ignore[typeddict-item]
    post = create_post(author=author, changes=wanted)
    if state in {"published", "archived", "trashed"}:
        post = publish_post(post=post)
    if state == "archived":
        post = archive_post(post=post)
    if state == "trashed":
        post = trash_post(post=post)
    if state in {"scheduled", "due"}:
        post = schedule_post(post=post, published_at=timezone.now() + timedelta(days=1))
    if state == "due":
        make_due(post)
    return Post.objects.get(pk=post.pk)


def make_due(post: Post) -> None:
    """Let the time of a scheduled post come."""
    past = timezone.now() - timedelta(minutes=1)
    Post.objects.filter(pk=post.pk).update(published_at=past)
    post.post_tags.update(published_at=past)
