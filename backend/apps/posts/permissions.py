"""Which policy guards which action on posts. What the caller may not see never gets here: it is a 404."""

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from apps.posts.errors import ReviewRequired
from apps.posts.models import Post
from apps.posts.policies import (
    can_create_post,
    can_delete_post,
    can_duplicate_post,
    can_edit_post,
    can_publish_post,
    can_see_history,
)

_OBJECT_POLICIES = {
    "partial_update": can_edit_post,
    "destroy": can_delete_post,
    "publish": can_publish_post,
    "unpublish": can_edit_post,
    "schedule": can_publish_post,
    "archive": can_edit_post,
    "restore": can_delete_post,
    "duplicate": can_duplicate_post,
}


def is_allowed(user: Any, action: str, post: Post) -> bool:
    """Whether the policy of the action lets the user do it with a post that they may see. Raises ReviewRequired where
    nothing but the approval is missing."""
    allowed = _OBJECT_POLICIES[action](user, post)
    if not allowed and _OBJECT_POLICIES[action] is can_publish_post and can_edit_post(user, post):
        raise ReviewRequired
    return allowed


class PostPermission(BasePermission):
    """Reading is for everybody; creating for authors; the rest as the post's policies say."""

    message = "You may not do this with this post."

    def has_permission(self, request: Request, view: object) -> bool:
        action = getattr(view, "action", None)
        if action in {"list", "retrieve", "metadata"}:
            return True
        if action == "create":
            return can_create_post(request.user)
        return action in _OBJECT_POLICIES and bool(request.user and request.user.is_authenticated)

    def has_object_permission(self, request: Request, view: object, obj: Post) -> bool:
        action = getattr(view, "action", "") or ""
        return action == "retrieve" or is_allowed(request.user, action, obj)


class PostEditingPermission(BasePermission):
    """What belongs to writing a post is for those who write it; `publish` for those who may publish it."""

    message = "Only those who write this post may do this."

    def has_permission(self, request: Request, view: object) -> bool:
        return bool(request.user and request.user.is_authenticated)

    def has_object_permission(self, request: Request, view: object, obj: Post) -> bool:
        if getattr(view, "action", "") == "publish":
            return is_allowed(request.user, "publish", obj)
        policy = can_see_history if request.method in SAFE_METHODS else can_edit_post
        return policy(request.user, obj)
