"""Shapes of comments going out and coming in."""

from collections.abc import Collection
from typing import Any

from rest_framework import serializers

from apps.accounts.bylines import BylineSerializer, byline
from apps.comments.models import MAX_DEPTH, Comment, CommentEdit
from apps.comments.policies import can_moderate, permissions_on
from apps.common.fields import MAX_ID
from apps.common.serializers import InputSerializer, OutputSerializer

MAX_BODY = 10_000


class CommentPermissionsSerializer(OutputSerializer):
    """What the caller may do with the comment."""

    edit = serializers.BooleanField()
    delete = serializers.BooleanField()
    reply = serializers.BooleanField()
    like = serializers.BooleanField()
    report = serializers.BooleanField()


class CommentSerializer(OutputSerializer):
    """A comment. One that is not shown but carries visible replies has an empty body and no author."""

    id = serializers.IntegerField(min_value=1)
    parent = serializers.IntegerField(allow_null=True, min_value=1)  # type: ignore[assignment]
    depth = serializers.IntegerField(min_value=0, max_value=MAX_DEPTH)
    author = BylineSerializer(allow_null=True, help_text="Null for an imported guest.")
    guest_name = serializers.CharField(max_length=120, allow_blank=True)
    guest_url = serializers.CharField(max_length=300, allow_blank=True)
    body = serializers.CharField(max_length=20_000, allow_blank=True, help_text="A subset of Markdown.")
    body_html = serializers.CharField(max_length=200_000, allow_blank=True)
    status = serializers.ChoiceField(choices=Comment.Status.choices)
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    like_count = serializers.IntegerField(min_value=0)
    reply_count = serializers.IntegerField(min_value=0, help_text="Visible direct replies.")
    more_replies = serializers.IntegerField(
        min_value=0,
        allow_null=True,
        help_text="On a root in a page of branches: visible comments of its branch that are not in the answer.",
    )
    version = serializers.IntegerField(min_value=1)
    permissions = CommentPermissionsSerializer(required=False, help_text="Only with `include=permissions`.")

    def to_representation(self, instance: Comment) -> dict[str, Any]:
        context = self.context
        return represent_comment(
            instance,
            include=context.get("include", ()),
            user=context.get("user"),
            blockers=context.get("blockers", ()),
            edit_minutes=context.get("edit_minutes", 0),
        )


def represent_comment(
    comment: Comment,
    *,
    include: Collection[str] = (),
    user: Any = None,
    blockers: Collection[int] = (),
    edit_minutes: int = 0,
) -> dict[str, Any]:
    """The members of a comment's answer; the text only for those who may read it. `blockers`: who has blocked the
    user; `edit_minutes`: how long the site lets one edit a comment."""
    readable = _is_readable(comment, user)
    data: dict[str, Any] = {
        "id": comment.pk,
        "parent": comment.parent_id,
        "depth": comment.depth,
        "author": byline(comment.author) if readable and comment.author else None,
        "guest_name": comment.guest_name if readable else "",
        "guest_url": comment.guest_url if readable else "",
        "body": comment.body if readable else "",
        "body_html": comment.body_html if readable else "",
        "status": comment.status if readable or comment.status == Comment.Status.DELETED else "removed",
        "created_at": comment.created_at,
        "edited_at": comment.edited_at if readable else None,
        "like_count": comment.like_count if readable else 0,
        "reply_count": comment.reply_count,
        "more_replies": getattr(comment, "more_replies", None),
        "version": comment.version,
    }
    if "permissions" in include:
        data["permissions"] = permissions_on(user, comment, blockers=blockers, edit_minutes=edit_minutes)
    return data


def _is_readable(comment: Comment, user: Any) -> bool:
    if comment.status == Comment.Status.VISIBLE:
        return True
    if comment.status == Comment.Status.DELETED:
        return False
    is_own_pending = comment.status == Comment.Status.PENDING and user is not None and comment.author_id == user.pk
    return bool(is_own_pending or can_moderate(user))


class CommentWriteSerializer(InputSerializer):
    """The text of a comment."""

    body = serializers.CharField(max_length=MAX_BODY, help_text="Markdown: emphasis, links, lists, quotes, code.")


class CommentCreateSerializer(CommentWriteSerializer):
    """A new comment, or a reply to `parent`."""

    parent = serializers.IntegerField(  # type: ignore[assignment]
        required=False, allow_null=True, min_value=1, max_value=MAX_ID
    )


class ThreadStatusSerializer(OutputSerializer):
    """How a thread stands."""

    comment_count = serializers.IntegerField(min_value=0, help_text="Visible comments.")
    newest = serializers.IntegerField(
        min_value=1,
        allow_null=True,
        help_text="The newest visible comment; `?since=` of the list gives those after it.",
    )
    locked = serializers.BooleanField(help_text="A moderator has closed the thread for now.")
    slow_mode_seconds = serializers.IntegerField(
        min_value=0, max_value=MAX_ID, help_text="What everybody waits between two comments; 0 for not at all."
    )


class CommentEditSerializer(OutputSerializer):
    """A text that a comment had until it was edited."""

    id = serializers.IntegerField(min_value=1)
    body = serializers.CharField(max_length=20_000, allow_blank=True)
    replaced_at = serializers.DateTimeField()
    replaced_by = BylineSerializer(allow_null=True)

    def to_representation(self, instance: CommentEdit) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "body": instance.body,
            "replaced_at": instance.replaced_at,
            "replaced_by": byline(instance.replaced_by) if instance.replaced_by else None,
        }


class MentionableSerializer(OutputSerializer):
    """People who can be named, the likeliest first."""

    results = BylineSerializer(many=True, max_length=8)  # type: ignore[call-arg]
