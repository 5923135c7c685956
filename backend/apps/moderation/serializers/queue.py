"""Shapes of cases with all that a moderator looks at to decide."""

from typing import Any

from rest_framework import serializers

from apps.accounts.bylines import BylineSerializer
from apps.common.serializers import OutputSerializer
from apps.moderation.context import Background
from apps.moderation.models import Case, Decision
from apps.moderation.serializers.reports import CaseReportSerializer, SubjectSerializer

SHOWN_REPORTS = 20


class CaseSubjectSerializer(SubjectSerializer):
    """What the case is about, in full."""

    body_html = serializers.CharField(max_length=2_000_000, allow_blank=True)
    version = serializers.IntegerField(allow_null=True, min_value=1, help_text="Of a comment; each edit raises it.")
    status = serializers.CharField(max_length=20)
    author = BylineSerializer(allow_null=True, help_text="Null for a guest, and for a person.")
    guest_name = serializers.CharField(max_length=120, allow_blank=True)
    post_slug = serializers.CharField(max_length=120, allow_null=True, help_text="Of the post that it is, or is under.")
    thread_locked = serializers.BooleanField(allow_null=True)
    slow_mode_seconds = serializers.IntegerField(allow_null=True, min_value=0)


class AncestorSerializer(OutputSerializer):
    """A comment that the reported one answers, from the root down."""

    id = serializers.IntegerField(min_value=1)
    author = serializers.CharField(max_length=120, allow_blank=True)
    excerpt = serializers.CharField(max_length=300, allow_blank=True)
    status = serializers.CharField(max_length=20)

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        return instance


class HistorySerializer(OutputSerializer):
    """Who wrote it, and what there was with them before."""

    byline = BylineSerializer()
    joined = serializers.DateTimeField()
    comment_count = serializers.IntegerField(min_value=0)
    removed = serializers.IntegerField(min_value=0, help_text="Comments that were removed or are spam.")
    warnings = serializers.IntegerField(min_value=0, help_text="Those taken back aside.")
    silenced_until = serializers.DateTimeField(allow_null=True)
    suspended_until = serializers.DateTimeField(allow_null=True)

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        return instance


class CaseDecisionSerializer(OutputSerializer):
    """The newest decision about the case."""

    number = serializers.IntegerField(min_value=1)
    action = serializers.ChoiceField(choices=Decision.Action.choices)
    moderator = BylineSerializer(allow_null=True, help_text="Null where a rule decided.")
    reason = serializers.CharField(max_length=20, allow_blank=True)
    note = serializers.CharField(max_length=1000, allow_blank=True)
    created_at = serializers.DateTimeField()

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        return instance


class CaseSerializer(OutputSerializer):
    """A case with its context."""

    id = serializers.IntegerField(min_value=1)
    subject = CaseSubjectSerializer()
    thread = AncestorSerializer(many=True, max_length=8)  # type: ignore[call-arg]
    rule = serializers.CharField(max_length=80, allow_null=True, help_text="The rule that held it.")
    report_count = serializers.IntegerField(min_value=0)
    reports = CaseReportSerializer(  # type: ignore[call-arg]
        many=True, max_length=SHOWN_REPORTS, help_text="The newest twenty."
    )
    person = HistorySerializer(allow_null=True)
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    decision = CaseDecisionSerializer(allow_null=True)

    def to_representation(self, instance: Case) -> dict[str, Any]:
        background: Background = self.context["background"]
        return {
            "id": instance.pk,
            "subject": background.subject(instance),
            "thread": background.thread(instance),
            "rule": instance.rule.name if instance.rule else None,
            "report_count": instance.report_count,
            "reports": CaseReportSerializer(background.reports(instance), many=True).data,
            "person": background.history(instance),
            "opened_at": instance.opened_at,
            "closed_at": instance.closed_at,
            "decision": background.decision(instance),
        }


class SummarySerializer(OutputSerializer):
    """How much waits for the caller."""

    open = serializers.IntegerField(min_value=0)
    appeals = serializers.IntegerField(min_value=0)

    def to_representation(self, instance: dict[str, int]) -> dict[str, int]:
        return instance
