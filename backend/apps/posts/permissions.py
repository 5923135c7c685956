"""Which policy guards which action on posts. What the caller may not see never gets here: it is a 404."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from apps.posts.models import Post
from apps.posts.policies import can_create_post, can_delete_post, can_edit_post, can_publish_post

_OBJECT_POLICIES = {
    "partial_update": can_edit_post,
    "destroy": can_delete_post,
    "publish": can_publish_post,
    "unpublish": can_publish_post,
    "schedule": can_publish_post,
}


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
        return action == "retrieve" or _OBJECT_POLICIES[action](request.user, obj)
