"""Who may call the endpoints of moderation."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from apps.moderation.policies import can_moderate


class IsModerator(BasePermission):
    message = "This is for moderators."

    def has_permission(self, request: Request, view: object) -> bool:
        return can_moderate(request.user)
