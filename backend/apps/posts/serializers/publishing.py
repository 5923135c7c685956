"""Shapes of the check before publishing and of preview links."""

from typing import Any

from rest_framework import serializers

from apps.accounts.bylines import BylineSerializer, byline
from apps.common.serializers import InputSerializer, OutputSerializer
from apps.posts.models import PreviewLink
from apps.posts.serializers.posts import PostSerializer
from apps.posts.services.checks import MAX_FINDINGS, Finding, Severity
from apps.posts.services.previews import LONGEST_DAYS, LONGEST_SECRET

DEFAULT_DAYS = 14
OF = ("post", "working_copy")


class CheckQuery(serializers.Serializer[Any]):
    of = serializers.ChoiceField(choices=OF, default="post", help_text="What is looked at.")


class FindingSerializer(OutputSerializer):
    """One thing that readers would stumble over."""

    code = serializers.CharField(max_length=40, help_text="Stable, for programs.")
    severity = serializers.ChoiceField(choices=[severity.value for severity in Severity])
    message = serializers.CharField(max_length=300)
    line = serializers.IntegerField(min_value=1, allow_null=True, help_text="In the source of the body.")
    where = serializers.CharField(max_length=200, allow_blank=True, help_text="The words or address it is about.")

    def to_representation(self, instance: Finding) -> dict[str, Any]:
        return {
            "code": instance.code,
            "severity": instance.severity.value,
            "message": instance.message,
            "line": instance.line,
            "where": instance.where,
        }


class CheckSerializer(OutputSerializer):
    """What the check found, in the order of the text."""

    results = FindingSerializer(many=True, max_length=MAX_FINDINGS)  # type: ignore[call-arg]

    def to_representation(self, instance: list[Finding]) -> dict[str, Any]:
        return {"results": FindingSerializer(instance, many=True).data}


class PreviewLinkSerializer(OutputSerializer):
    """A preview link, without its address: that is shown only when the link is made."""

    id = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=100, allow_blank=True)
    author = BylineSerializer(help_text="Who made it.")
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    used_at = serializers.DateTimeField(allow_null=True, help_text="When it was last opened, to the minute.")

    def to_representation(self, instance: PreviewLink) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "name": instance.name,
            "author": byline(instance.author),
            "created_at": instance.created_at,
            "expires_at": instance.expires_at,
            "used_at": instance.used_at,
        }


class NewPreviewLinkSerializer(PreviewLinkSerializer):
    """A preview link that was just made."""

    url = serializers.CharField(max_length=1000, help_text="Shown this once. Its secret stands after the `#`.")

    def to_representation(self, instance: PreviewLink) -> dict[str, Any]:
        return {**super().to_representation(instance), "url": self.context["url"]}


class PreviewLinkCreateSerializer(InputSerializer):
    """For whom the link is, and for how long."""

    name = serializers.CharField(max_length=100, allow_blank=True, default="", help_text="For your own list.")
    expires_in_days = serializers.IntegerField(min_value=1, max_value=LONGEST_DAYS, default=DEFAULT_DAYS)


class PreviewSecretSerializer(InputSerializer):
    secret = serializers.CharField(max_length=LONGEST_SECRET, help_text="What stands after the `#` of the link.")


class PreviewStateSerializer(OutputSerializer):
    """What is shown, and until when."""

    of = serializers.ChoiceField(choices=OF, help_text="The post as it stands, or changes that readers don't have yet.")
    expires_at = serializers.DateTimeField()


class PreviewedPostSerializer(PostSerializer):
    """A post as its readers would get it."""

    preview = PreviewStateSerializer()

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return {**super().to_representation(instance), "preview": self.context["preview"]}
