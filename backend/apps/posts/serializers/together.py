"""Shapes of writing together: remarks, steps of a review, presence."""

from typing import Any

from rest_framework import serializers

from apps.accounts.bylines import BylineSerializer, byline
from apps.common.serializers import InputSerializer, OutputSerializer
from apps.posts.models import ReviewNote
from apps.posts.services.presence import MAX_SHOWN, Present

MAX_NOTE = 5000
MAX_QUOTE = 500
TAB_PATTERN = r"^[A-Za-z0-9_-]{8,40}$"


class ReviewNoteSerializer(OutputSerializer):
    """A remark on a draft, or a step of its review."""

    id = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(choices=ReviewNote.Kind.choices)
    author = BylineSerializer(allow_null=True)
    body = serializers.CharField(max_length=MAX_NOTE, allow_blank=True, help_text="Plain text.")
    quote = serializers.CharField(max_length=MAX_QUOTE, allow_blank=True, help_text="The passage that it is about.")
    created_at = serializers.DateTimeField()
    resolved_at = serializers.DateTimeField(allow_null=True)

    def to_representation(self, instance: ReviewNote) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "kind": instance.kind,
            "author": byline(instance.author) if instance.author else None,
            "body": instance.body,
            "quote": instance.quote,
            "created_at": instance.created_at,
            "resolved_at": instance.resolved_at,
        }


class ReviewNoteWriteSerializer(InputSerializer):
    body = serializers.CharField(max_length=MAX_NOTE, help_text="Plain text.")
    quote = serializers.CharField(
        max_length=MAX_QUOTE, allow_blank=True, default="", help_text="The passage of the post that it is about."
    )


class ReviewNoteResolveSerializer(InputSerializer):
    resolved = serializers.BooleanField(help_text="False opens it again.")


class ReviewStepSerializer(InputSerializer):
    note = serializers.CharField(
        max_length=MAX_NOTE, allow_blank=True, default="", help_text="What the other side is told with it: plain text."
    )


class ApproveSerializer(ReviewStepSerializer):
    working_copy = serializers.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        required=False,
        help_text="The version of the working copy that was read; needed where there is one.",
    )


class SendBackSerializer(InputSerializer):
    note = serializers.CharField(max_length=MAX_NOTE, help_text="What is to be changed: plain text.")


class TabSerializer(InputSerializer):
    tab = serializers.RegexField(
        TAB_PATTERN, max_length=40, help_text="Chosen at random by the editor, once for each of its tabs."
    )


class PresentSerializer(OutputSerializer):
    """Somebody else who has the post open."""

    user = BylineSerializer()
    opened_at = serializers.DateTimeField()
    tabs = serializers.IntegerField(min_value=1)


class PresenceSerializer(OutputSerializer):
    """Who has the post open now."""

    others = PresentSerializer(many=True, max_length=MAX_SHOWN)  # type: ignore[call-arg]
    own_tabs = serializers.IntegerField(min_value=1, help_text="Tabs in which the caller has it open.")


def represent_presence(present: list[Present], caller_id: int) -> dict[str, Any]:
    """The members of `PresenceSerializer`."""
    return {
        "others": [
            {"user": byline(person.user), "opened_at": person.opened_at, "tabs": person.tabs}
            for person in present
            if person.user.pk != caller_id
        ],
        "own_tabs": next((person.tabs for person in present if person.user.pk == caller_id), 1),
    }
