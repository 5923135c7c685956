"""Shapes of rules, and of what trying one has met."""

from typing import Any

from django.utils.text import Truncator
from rest_framework import serializers

from apps.accounts.bylines import BylineSerializer, byline
from apps.comments.models import Comment
from apps.common.markup import plain_text
from apps.common.serializers import InputSerializer, OutputSerializer
from apps.moderation.models import Rule
from apps.moderation.serializers.rule_settings import RuleSettingsSerializer, validated_settings
from apps.moderation.services.rule_trial import Trial


class RuleSerializer(OutputSerializer):
    """A rule that new comments are held against."""

    id = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=80)
    kind = serializers.ChoiceField(choices=Rule.Kind.choices)
    settings = RuleSettingsSerializer()
    action = serializers.ChoiceField(choices=Rule.Action.choices)
    enabled = serializers.BooleanField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField(min_value=1)

    def to_representation(self, instance: Rule) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "name": instance.name,
            "kind": instance.kind,
            "settings": instance.settings,
            "action": instance.action,
            "enabled": instance.enabled,
            "updated_at": instance.updated_at,
            "version": instance.version,
        }


class _KindAndSettings(InputSerializer):
    kind = serializers.ChoiceField(choices=Rule.Kind.choices)
    settings = RuleSettingsSerializer(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs["settings"] = validated_settings(attrs["kind"], attrs.get("settings", {}))
        return attrs


class RuleCreateSerializer(_KindAndSettings):
    """A new rule."""

    name = serializers.CharField(max_length=80, help_text="Whoever it holds up is told this name.")
    action = serializers.ChoiceField(choices=Rule.Action.choices, default=Rule.Action.HOLD)
    enabled = serializers.BooleanField(default=False)


class RuleChangeSerializer(InputSerializer):
    """What changes; the kind stays. Settings are replaced as a whole."""

    name = serializers.CharField(max_length=80, required=False)
    settings = RuleSettingsSerializer(required=False)
    action = serializers.ChoiceField(choices=Rule.Action.choices, required=False)
    enabled = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "settings" in attrs:
            attrs["settings"] = validated_settings(self.context["kind"], attrs["settings"])
        return attrs


class RuleTryWriteSerializer(_KindAndSettings):
    """A rule as it might be."""

    action = serializers.ChoiceField(
        choices=Rule.Action.choices, required=False, help_text="Taken and left aside: trying does nothing."
    )


class TriedCommentSerializer(OutputSerializer):
    """A comment that the rule would have met."""

    id = serializers.IntegerField(min_value=1)
    post = serializers.CharField(max_length=120, help_text="The slug of its post.")
    post_title = serializers.CharField(max_length=300)
    author = BylineSerializer()
    excerpt = serializers.CharField(max_length=300)
    status = serializers.ChoiceField(choices=Comment.Status.choices)
    created_at = serializers.DateTimeField()

    def to_representation(self, instance: Comment) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "post": instance.post.slug,
            "post_title": instance.post.title,
            "author": byline(instance.author) if instance.author else None,
            "excerpt": Truncator(plain_text(instance.body_html)).chars(280),
            "status": instance.status,
            "created_at": instance.created_at,
        }


class RuleTrialSerializer(OutputSerializer):
    """What the rule would have done."""

    looked_at = serializers.IntegerField(min_value=0, max_value=1000, help_text="The newest comments, up to 1,000.")
    matches = serializers.IntegerField(min_value=0, max_value=1000)
    examples = TriedCommentSerializer(many=True, max_length=10)  # type: ignore[call-arg]

    def to_representation(self, instance: Trial) -> dict[str, Any]:
        return {
            "looked_at": instance.looked_at,
            "matches": instance.matches,
            "examples": TriedCommentSerializer(instance.examples, many=True).data,
        }
