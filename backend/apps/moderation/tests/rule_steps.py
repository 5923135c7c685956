"""Steps of the tests of rules."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.moderation.models import Rule
from apps.posts.models import Post
from conftest import ApiFor


def turn_on(kind: str, settings: dict[str, Any], *, action: str = "hold", name: str = "") -> Rule:
    return Rule.objects.create(name=name or kind, kind=kind, settings=settings, action=action, enabled=True)


def make_known(user: User, *, days: int = 365, comments: int = 0) -> User:
    """An account of that age, with so many comments shown."""
    User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - timedelta(days=days), comment_count=comments)
    user.refresh_from_db()
    return user


def write(api: ApiFor, post: Post, by: User, body: str = "A remark.") -> Any:
    """The answer to writing a comment."""
    return api(by).post(f"/api/v1/posts/{post.slug}/comments", {"body": body})


def status_after(api: ApiFor, post: Post, by: User, body: str = "A remark.") -> str:
    """What became of a comment that was taken."""
    answer = write(api, post, by, body)
    assert answer.status_code == 201, answer.content
    return str(Comment.objects.get(pk=answer.json()["id"]).status)
