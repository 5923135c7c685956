"""Settings of rules: each kind has its own, checked by a serializer of its own."""

import copy
import re
from typing import Any

from rest_framework import serializers
from rest_framework.fields import empty

from apps.common.serializers import InputSerializer
from apps.moderation.models import Rule
from apps.moderation.services.rule_links import normal_host
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
