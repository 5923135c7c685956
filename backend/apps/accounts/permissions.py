"""Who may call the endpoints of accounts."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class IsSignedOut(BasePermission):
    """For what makes no sense with an account."""

    message = "Sign out first."
    code = "signed_in"

    def has_permission(self, request: Request, view: object) -> bool:
        return not request.user.is_authenticated
