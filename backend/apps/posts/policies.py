"""Who may do what with posts. Pure functions; an absent user means no. Visibility is `Post.objects.visible_to`."""

from collections.abc import Collection
from typing import Any

from apps.posts.models import Post


def _is_active(user: Any) -> bool:
    return user is not None and user.is_authenticated and user.is_active


def can_create_post(user: Any) -> bool:
    """Authors and editors."""
    return _is_active(user) and bool(user.has_perm("posts.add_post"))


def can_edit_post(user: Any, post: Post) -> bool:
    """Its author while still an author; editors."""
    if not _is_active(user):
        return False
    is_own = post.author_id == user.pk and user.has_perm("posts.add_post")
    return bool(is_own or user.has_perm("posts.change_post"))


def can_publish_post(user: Any, post: Post) -> bool:
    """Who may edit it may publish, schedule and unpublish it."""
    return can_edit_post(user, post)


def can_delete_post(user: Any, post: Post) -> bool:
    """Its author; editors with the permission to delete."""
    if not _is_active(user):
        return False
    is_own = post.author_id == user.pk and user.has_perm("posts.add_post")
    return bool(is_own or user.has_perm("posts.delete_post"))


def can_feature_post(user: Any, post: Post | None = None) -> bool:
    """Editors decide what stands at the top of the front page."""
    return _is_active(user) and bool(user.has_perm("posts.feature_post"))


def can_comment(user: Any, post: Post, *, blockers: Collection[int] = ()) -> bool:
    """Anybody signed in, while the post is public and its comments are open, whom its author has not blocked.
    `blockers`: the accounts that have blocked the user."""
    is_open = post.is_live and post.comment_policy == Post.CommentPolicy.OPEN
    return _is_active(user) and is_open and post.author_id not in blockers


def permissions_on(user: Any, post: Post, *, blockers: Collection[int] = ()) -> dict[str, bool]:
    """What the caller may do with the post, for `include=permissions`."""
    return {
        "edit": can_edit_post(user, post),
        "delete": can_delete_post(user, post),
        "publish": can_publish_post(user, post),
        "feature": can_feature_post(user, post),
        "comment": can_comment(user, post, blockers=blockers),
    }
