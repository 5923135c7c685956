"""Who may do what with posts. Pure functions; an absent user means no. Visibility is `Post.objects.visible_to`."""

from collections.abc import Collection
from typing import Any

from apps.posts.models import Post, ReviewNote
from apps.posts.querysets import LIVE_STATUSES
from apps.site.services import get_site


def _is_active(user: Any) -> bool:
    return user is not None and user.is_authenticated and user.is_active


def can_create_post(user: Any) -> bool:
    """Authors and editors."""
    return _is_active(user) and bool(user.has_perm("posts.add_post"))


def can_edit_post(user: Any, post: Post) -> bool:
    """Its author and co-authors while still authors; editors. Who may edit it may withdraw it from readers."""
    if not _is_active(user):
        return False
    return bool(user.has_perm("posts.change_post") or (user.has_perm("posts.add_post") and post.is_written_by(user)))


def can_see_history(user: Any, post: Post) -> bool:
    """Those who write or wrote it, and who may see every post: what it was, and what it is to become."""
    return _is_active(user) and bool(user.has_perm("posts.view_post") or post.is_written_by(user))


def can_publish_post(user: Any, post: Post) -> bool:
    """Who may edit it may publish and schedule it; where reviews are asked for, editors alone, and those who write it
    once it is approved."""
    return can_edit_post(user, post) and (not needs_review(user) or post.review_state == Post.ReviewState.APPROVED)


def can_edit_directly(user: Any, post: Post) -> bool:
    """Whether what the user changes in the post itself may reach readers as it is. Where reviews are asked for, authors
    change a working copy of what is published, and take back what is scheduled before they change it."""
    return can_edit_post(user, post) and not (post.status in LIVE_STATUSES and needs_review(user))


def needs_review(user: Any) -> bool:
    """Whether an editor has to approve what this user writes before it is published."""
    return get_site().review_required and not can_review(user)


def can_review(user: Any) -> bool:
    """Approve posts and send them back: editors."""
    return _is_active(user) and bool(user.has_perm("posts.change_post"))


def can_choose_co_authors(user: Any, post: Post) -> bool:
    """Its author while still an author; editors. Co-authors may only leave."""
    if not _is_active(user):
        return False
    is_own = post.author_id == user.pk and user.has_perm("posts.add_post")
    return bool(is_own or user.has_perm("posts.change_post"))


def can_remove_co_author(user: Any, post: Post, person: Any) -> bool:
    """Who may choose them; and everybody may leave."""
    return can_choose_co_authors(user, post) or (_is_active(user) and person.pk == user.pk)


def can_delete_note(user: Any, note: ReviewNote) -> bool:
    """Whoever wrote the remark, and editors, while they may edit the post."""
    return can_edit_post(user, note.post) and (note.author_id == user.pk or can_review(user))


def can_delete_post(user: Any, post: Post) -> bool:
    """Its author; editors with the permission to delete."""
    if not _is_active(user):
        return False
    is_own = post.author_id == user.pk and user.has_perm("posts.add_post")
    return bool(is_own or user.has_perm("posts.delete_post"))


def can_duplicate_post(user: Any, post: Post) -> bool:
    """Who may edit it, and write posts."""
    return can_edit_post(user, post) and can_create_post(user)


def can_feature_post(user: Any, post: Post | None = None) -> bool:
    """Editors decide what stands at the top of the front page."""
    return _is_active(user) and bool(user.has_perm("posts.feature_post"))


def can_comment(user: Any, post: Post, *, blockers: Collection[int] = ()) -> bool:
    """Anybody signed in, while the post is public and its comments are open and not locked, whom its author has not
    blocked. `blockers`: the accounts that have blocked the user."""
    is_open = post.is_live and post.comment_policy == Post.CommentPolicy.OPEN and not post.thread_locked
    return _is_active(user) and is_open and post.author_id not in blockers


def permissions_on(user: Any, post: Post, *, blockers: Collection[int] = ()) -> dict[str, bool]:
    """What the caller may do with the post, for `include=permissions`."""
    return {
        "edit": can_edit_post(user, post),
        "delete": can_delete_post(user, post),
        "publish": can_publish_post(user, post),
        "feature": can_feature_post(user, post),
        "review": can_review(user) and can_edit_post(user, post),
        "co_authors": can_choose_co_authors(user, post),
        "comment": can_comment(user, post, blockers=blockers),
    }
