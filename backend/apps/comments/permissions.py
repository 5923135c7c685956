"""Which policy guards which action on comments. What the caller may not see never gets here: it is a 404."""

from collections.abc import Sequence
from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from apps.accounts.models import Block
from apps.comments.models import Comment
from apps.comments.policies import can_delete_comment, can_edit_comment, can_see_edits
from apps.site.services import get_site

_POLICIES = {"partial_update": can_edit_comment, "destroy": can_delete_comment, "edits": can_see_edits}


class CommentPermission(BasePermission):
    """Reading is for everybody, writing for those who are signed in; the rest as the policies say."""

    message = "You may not do this with this comment."

    def has_permission(self, request: Request, view: object) -> bool:
        if getattr(view, "action", None) in {"list", "retrieve"}:
            return True
        return bool(request.user and request.user.is_authenticated)

    def has_object_permission(self, request: Request, view: object, obj: Comment) -> bool:
        action = getattr(view, "action", "") or ""
        return action == "retrieve" or _POLICIES[action](request.user, obj)


def answer_context(request: Request, include: Sequence[str], comments: Sequence[Comment]) -> dict[str, Any]:
    """What the serializer has to know: who asks, for what, and where permissions are told, who has blocked them and
    how long comments can be edited."""
    context: dict[str, Any] = {"include": include, "user": request.user}
    if "permissions" in include:
        authors = [pk for comment in comments for pk in (comment.author_id, comment.post.author_id)]
        context["blockers"] = Block.objects.blockers_of(request.user, among=authors)
        context["edit_minutes"] = get_site().comment_edit_minutes if request.user.is_authenticated else 0
    return context
