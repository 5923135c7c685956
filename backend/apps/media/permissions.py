"""Who may send pictures for posts."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class ImagePermission(BasePermission):
    """Sending is for those who may write posts; each sees, describes and deletes their own."""

    message = "Only authors can upload images for posts."

    def has_permission(self, request: Request, view: object) -> bool:
        user = request.user
        if not (user and user.is_authenticated):
            return False
        return request.method != "POST" or bool(user.has_perm("posts.add_post"))
