"""Shapes of rules. Each kind has settings of its own, checked by a serializer of its own."""

import copy
import re
from typing import Any

from django.utils.text import Truncator
from rest_framework import serializers
from rest_framework.fields import empty

from apps.accounts.bylines import BylineSerializer, byline
from apps.comments.models import Comment
from apps.common.markup import plain_text
from apps.common.serializers import InputSerializer, OutputSerializer
from apps.moderation.models import Rule
from apps.moderation.services.rule_links import normal_host
from apps.moderation.services.rule_trial import Trial
from apps.moderation.services.rule_words import words_of

MAX_ENTRIES = 500
MAX_RATE = 500
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")


def _limit(who: str) -> serializers.IntegerField:
    return serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=MAX_RATE, help_text=f"Comments of {who} in that time."
    )


class WordsSettingsSerializer(InputSerializer):
    """`words`: whole words or phrases, in any case."""

    words = serializers.ListField(
        child=serializers.CharField(max_length=100),
        min_length=1,
        max_length=MAX_ENTRIES,
        help_text="Whole words or phrases, in any case. An asterisk means an asterisk: there are no patterns.",
    )

    def validate_words(self, value: list[str]) -> list[str]:
        for entry in value:
            if not words_of(entry):
                raise serializers.ValidationError(f"“{entry}” holds no letter and no digit, so nothing would match it.")
        return list(dict.fromkeys(" ".join(entry.split()) for entry in value))


class LinksSettingsSerializer(InputSerializer):
    """`links`: hosts; those below them are meant too."""

    hosts = serializers.ListField(
        child=serializers.CharField(max_length=253),
        min_length=1,
        max_length=MAX_ENTRIES,
        help_text="Such as example.com, which means www.example.com too.",
    )

    def validate_hosts(self, value: list[str]) -> list[str]:
        hosts = [(entry, normal_host(entry)) for entry in value]
        for entry, host in hosts:
            if not _HOST.fullmatch(host):
                message = f"“{entry}” is not the name of a host. Write it like example.com, without https:// and path."
                raise serializers.ValidationError(message)
        return list(dict.fromkeys(host for _, host in hosts))


class FirstCommentsSettingsSerializer(InputSerializer):
    """`first_comments`: how many of somebody's comments wait, until that many are shown."""

    count = serializers.IntegerField(
        min_value=1, max_value=50, help_text="As long as fewer comments of somebody are shown."
    )


class NewWithLinksSettingsSerializer(InputSerializer):
    """`new_with_links`: who counts as new, by days or comments or either."""

    days = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=365, help_text="Accounts younger than this."
    )
    comments = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=100, help_text="People with fewer comments shown."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("days") is None and attrs.get("comments") is None:
            raise serializers.ValidationError("Say who is new: in days, in comments, or both.", code="required")
        return attrs


class RateSettingsSerializer(InputSerializer):
    """`rate`: how many comments in how many minutes, by trust."""

    minutes = serializers.IntegerField(min_value=1, max_value=1440)
    new = _limit("new people: fewer than 5 comments shown, or younger than 3 days")
    member = _limit("others")
    regular = _limit("regulars: 50 comments shown, and 30 days old")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if all(attrs.get(trust) is None for trust in ("new", "member", "regular")):
            raise serializers.ValidationError("Give a limit for at least one of new, member, regular.", code="required")
        return attrs


class AkismetSettingsSerializer(InputSerializer):
    """`akismet`: what becomes of a comment until the service has answered."""

    until_checked = serializers.ChoiceField(
        choices=[("show", "show"), ("hold", "hold")],
        default="show",
        help_text="While the service has not answered. What it holds stays held where the service is away.",
    )


SETTINGS_OF: dict[str, type[InputSerializer]] = {
    Rule.Kind.WORDS: WordsSettingsSerializer,
    Rule.Kind.LINKS: LinksSettingsSerializer,
    Rule.Kind.FIRST_COMMENTS: FirstCommentsSettingsSerializer,
    Rule.Kind.NEW_WITH_LINKS: NewWithLinksSettingsSerializer,
    Rule.Kind.RATE: RateSettingsSerializer,
    Rule.Kind.AKISMET: AkismetSettingsSerializer,
}


class RuleSettingsSerializer(serializers.Serializer[Any]):
    """Members of all kinds of rules, of which each has its own: `words` has `words`, `links` has `hosts`,
    `first_comments` has `count`, `new_with_links` has `days` and `comments`, `rate` has `minutes`, `new`, `member` and
    `regular`, `akismet` has `until_checked`."""

    default_error_messages = {"not_an_object": "Send an object with the settings of the rule's kind."}

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for shape in SETTINGS_OF.values():
            for name, field in shape().fields.items():
                fields[name] = copy.deepcopy(field)
                fields[name].required, fields[name].default = False, empty
        return fields

    def to_internal_value(self, data: Any) -> Any:
        """As it came: only the rule's kind says what is right (`validated_settings`)."""
        if not isinstance(data, dict):
            self.fail("not_an_object")
        return data

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return dict(instance)


def validated_settings(kind: str, given: Any) -> dict[str, Any]:
    """The settings of a rule of this kind, without members that are null. Raises ValidationError below `settings`."""
    serializer = SETTINGS_OF[kind](data=given)
    if not serializer.is_valid():
        raise serializers.ValidationError({"settings": serializer.errors})
    return {name: value for name, value in serializer.validated_data.items() if value is not None}


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
