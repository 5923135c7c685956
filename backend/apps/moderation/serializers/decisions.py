"""Shapes of decisions and appeals."""

from typing import Any

from rest_framework import serializers

from apps.accounts.bylines import BylineSerializer, byline
from apps.common.fields import MAX_ID
from apps.common.schema import ProblemSerializer
from apps.common.serializers import InputSerializer, OutputSerializer
from apps.moderation.models import Appeal, Decision, Report
from apps.moderation.policies import is_appealable
from apps.moderation.serializers.reports import NamedSubjectSerializer, SubjectSerializer
from apps.posts.services.threads import MAX_PAUSE

Action = Decision.Action
MAX_CASES = 100
MAX_NUMBER = 2**53 - 1
TAKEN = [choice for choice in Action.choices if choice[0] != Action.HOLD]
ANSWERING = {Action.UNDO, Action.UPHOLD, Action.OVERTURN}


class DecisionWriteSerializer(InputSerializer):
    """What is decided: about `cases`, or about one `subject`; or which earlier decisions it `answers`."""

    action = serializers.ChoiceField(choices=TAKEN)
    cases = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MAX_ID),
        required=False,
        min_length=1,
        max_length=MAX_CASES,
    )
    versions = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=MAX_ID),
        required=False,
        max_length=MAX_CASES,
        help_text="For each of `cases` the `version` of its subject as it was seen, 0 for none. With `approve` and "
        "`dismiss`, what was edited since is left undecided.",
    )
    subject = NamedSubjectSerializer(required=False)
    answers = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MAX_NUMBER),
        required=False,
        min_length=1,
        max_length=MAX_CASES,
        help_text="Numbers of decisions, with `undo`, `uphold` and `overturn`.",
    )
    reason = serializers.ChoiceField(required=False, allow_blank=True, default="", choices=Report.Reason.choices)
    note = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=1000, help_text="For the person concerned."
    )
    until = serializers.DateTimeField(required=False, help_text="With `silence` and `suspend`: within ten years.")
    seconds = serializers.IntegerField(
        required=False, min_value=0, max_value=MAX_PAUSE, help_text="With `slow`: between two comments; 0 for none."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        wanted = {"answers"} if attrs["action"] in ANSWERING else {"cases", "subject"}
        given = {name for name in ("cases", "subject", "answers") if name in attrs}
        if len(given) != 1 or not given <= wanted:
            names = " or ".join(f"`{name}`" for name in sorted(wanted))
            raise serializers.ValidationError(f"With this action, name either {names}.", code="about_what")
        if "versions" in attrs and len(attrs["versions"]) != len(attrs.get("cases", [])):
            raise serializers.ValidationError({"versions": ["Give one for each of `cases`."]}, code="length")
        for action, name in (("silence", "until"), ("suspend", "until"), ("slow", "seconds")):
            if attrs["action"] == action and name not in attrs:
                raise serializers.ValidationError({name: ["This is needed here."]}, code="required")
        return attrs


class DecisionResultSerializer(OutputSerializer):
    """What became of one of them."""

    case = serializers.IntegerField(allow_null=True, min_value=1, help_text="As it was sent.")
    answers = serializers.IntegerField(allow_null=True, min_value=1, help_text="As it was sent.")
    done = serializers.BooleanField()
    number = serializers.IntegerField(allow_null=True, min_value=1, help_text="Of the row in the log.")
    problem = ProblemSerializer(required=False, help_text="Why it was not done.")

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        return instance


class DecisionResultsSerializer(OutputSerializer):
    """One result for each case, in the order of the request."""

    results = DecisionResultSerializer(many=True, max_length=MAX_CASES)  # type: ignore[call-arg]

    def to_representation(self, instance: list[dict[str, Any]]) -> dict[str, Any]:
        return {"results": instance}


class AppealStandingSerializer(OutputSerializer):
    """How an appeal stands."""

    state = serializers.ChoiceField(choices=Appeal.State.choices)
    text = serializers.CharField(max_length=2000)
    created_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)

    def to_representation(self, instance: Appeal) -> dict[str, Any]:
        return {
            "state": instance.state,
            "text": instance.text,
            "created_at": instance.created_at,
            "decided_at": instance.decided_at,
        }


class _DecisionFields(OutputSerializer):
    number = serializers.IntegerField(min_value=1)
    action = serializers.ChoiceField(choices=Action.choices)
    subject = SubjectSerializer()
    reason = serializers.CharField(max_length=20, allow_blank=True)
    rule = serializers.CharField(max_length=80, allow_blank=True)
    note = serializers.CharField(max_length=1000, allow_blank=True)
    answers = serializers.IntegerField(allow_null=True, min_value=1, help_text="The decision that it takes up.")
    answered_by = serializers.IntegerField(allow_null=True, min_value=1, help_text="The decision that took it back.")
    until = serializers.DateTimeField(allow_null=True, help_text="When a silence or suspension ends.")
    created_at = serializers.DateTimeField()
    appeal = AppealStandingSerializer(allow_null=True)

    def shared(self, decision: Decision) -> dict[str, Any]:
        appeal = self.context["appeals"].get(decision.pk)
        return {
            "number": decision.number,
            "action": decision.action,
            "subject": self.context["subjects"].of(decision.subject, decision.subject_id),
            "reason": decision.reason,
            "rule": decision.rule,
            "note": decision.note,
            "answers": decision.answers,
            "answered_by": self.context["answers"].get(decision.number),
            "until": decision.after.get("suspended_until") or decision.after.get("silenced_until"),
            "created_at": decision.created_at,
            "appeal": AppealStandingSerializer(appeal).data if appeal else None,
        }


class OwnDecisionSerializer(_DecisionFields):
    """A decision about the caller. Who made it is not said."""

    may_appeal = serializers.BooleanField()

    def to_representation(self, instance: Decision) -> dict[str, Any]:
        row = self.shared(instance)
        is_free = row["appeal"] is None and row["answered_by"] is None
        return {**row, "may_appeal": is_free and is_appealable(instance)}


class DecisionSerializer(_DecisionFields):
    """A row of the log."""

    case = serializers.IntegerField(allow_null=True, min_value=1)
    person = BylineSerializer(allow_null=True, help_text="Whom it concerns.")
    moderator = BylineSerializer(allow_null=True, help_text="Null where a rule decided.")
    before = serializers.JSONField(help_text="What of the subject changed, as it was.")
    after = serializers.JSONField(help_text="The same, as it is since.")
    hash = serializers.CharField(max_length=64)

    def to_representation(self, instance: Decision) -> dict[str, Any]:
        people = self.context["people"]
        person, moderator = people.get(instance.person_id), people.get(instance.moderator_id)
        return {
            **self.shared(instance),
            "case": instance.case_id,
            "person": byline(person) if person else None,
            "moderator": byline(moderator) if moderator else None,
            "before": instance.before,
            "after": instance.after,
            "hash": instance.hash,
        }


class AppealWriteSerializer(InputSerializer):
    """Why somebody should look at the decision once more."""

    decision = serializers.IntegerField(min_value=1, max_value=MAX_NUMBER, help_text="Its number.")
    text = serializers.CharField(max_length=2000)


class LinkedAppealSerializer(InputSerializer):
    """The same by the link in a mail."""

    token = serializers.CharField(max_length=200, help_text="What follows `#` in the link.")
    text = serializers.CharField(max_length=2000)


class AppealSerializer(AppealStandingSerializer):
    """An appeal, with the decision that it is against."""

    decision = DecisionSerializer()
    appellant = BylineSerializer()
    may_answer = serializers.BooleanField(help_text="Whether the caller may: another moderator than who decided.")

    def to_representation(self, instance: Appeal) -> dict[str, Any]:
        return {
            **super().to_representation(instance),
            "decision": DecisionSerializer(instance.decision, context=self.context).data,
            "appellant": byline(instance.appellant),
            "may_answer": self.context["may_answer"](instance),
        }
