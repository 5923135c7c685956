"""Shapes of reports."""

from typing import Any

from rest_framework import serializers

from apps.accounts.bylines import BylineSerializer, byline
from apps.common.addresses import LONGEST_ADDRESS
from apps.common.fields import MAX_ID
from apps.common.serializers import InputSerializer, OutputSerializer
from apps.moderation.models import Decision, Report

MAX_DETAIL = 1000


class NamedSubjectSerializer(InputSerializer):
    """Exactly one of them."""

    post = serializers.CharField(required=False, max_length=120, help_text="Its slug.")
    comment = serializers.IntegerField(required=False, min_value=1, max_value=MAX_ID, help_text="Its id.")
    person = serializers.CharField(required=False, max_length=30, help_text="The username.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if sum(name in attrs for name in ("post", "comment", "person")) != 1:
            raise serializers.ValidationError("Name either a post, a comment or a person.", code="one_subject")
        return attrs


class ReportWriteSerializer(NamedSubjectSerializer):
    """What is wrong, and with which post, comment or person."""

    reason = serializers.ChoiceField(choices=Report.Reason.choices)
    detail = serializers.CharField(required=False, allow_blank=True, default="", max_length=MAX_DETAIL)


class ReportAnswerSerializer(OutputSerializer):
    """The report as it stands."""

    id = serializers.IntegerField(min_value=1)
    outcome = serializers.ChoiceField(choices=Report.Outcome.choices)

    def to_representation(self, instance: Report) -> dict[str, Any]:
        return {"id": instance.pk, "outcome": instance.outcome}


class SubjectSerializer(OutputSerializer):
    """A post, a comment or a person, as far as the caller may see it: without address and words once it is gone."""

    type = serializers.ChoiceField(choices=Decision.Subject.choices)
    id = serializers.IntegerField(min_value=1)
    title = serializers.CharField(max_length=300, allow_blank=True, help_text="Of the post; or the person's name.")
    url = serializers.CharField(max_length=LONGEST_ADDRESS, allow_null=True)
    excerpt = serializers.CharField(max_length=300, allow_blank=True, help_text="The beginning of a comment.")

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        return instance


class OwnReportSerializer(OutputSerializer):
    """What the caller has reported, and what became of it."""

    id = serializers.IntegerField(min_value=1)
    subject = SubjectSerializer()
    reason = serializers.ChoiceField(choices=Report.Reason.choices)
    detail = serializers.CharField(max_length=MAX_DETAIL, allow_blank=True)
    outcome = serializers.ChoiceField(choices=Report.Outcome.choices)
    created_at = serializers.DateTimeField()

    def to_representation(self, instance: Report) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "subject": self.context["subjects"][instance.pk],
            "reason": instance.reason,
            "detail": instance.detail,
            "outcome": instance.outcome,
            "created_at": instance.created_at,
        }


class CaseReportSerializer(OutputSerializer):
    """A report as moderators read it."""

    reporter = BylineSerializer()
    reason = serializers.ChoiceField(choices=Report.Reason.choices)
    detail = serializers.CharField(max_length=MAX_DETAIL, allow_blank=True)
    outcome = serializers.ChoiceField(choices=Report.Outcome.choices)
    created_at = serializers.DateTimeField()

    def to_representation(self, instance: Report) -> dict[str, Any]:
        return {
            "reporter": byline(instance.reporter),
            "reason": instance.reason,
            "detail": instance.detail,
            "outcome": instance.outcome,
            "created_at": instance.created_at,
        }
