"""Decisions, the log of them, and appeals, over HTTP."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import zip_longest
from typing import Any

from django.utils import timezone
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.models import User
from apps.accounts.scopes import Scope
from apps.common.errors import DomainError, FieldProblem, VersionConflict
from apps.common.pagination import Order, PageQuery
from apps.common.problems import problem_of
from apps.common.views import ContractView, ContractViewSet
from apps.moderation.context import Subjects, people_by_id
from apps.moderation.docs import decisions as docs
from apps.moderation.errors import EditedSince, NoCase
from apps.moderation.models import Appeal, Case, Decision
from apps.moderation.permissions import IsModerator
from apps.moderation.policies import may_answer
from apps.moderation.serializers import decisions as shapes
from apps.moderation.services.appeals import appeal_against, appeal_by_link
from apps.moderation.services.cases import target_of
from apps.moderation.services.decisions import decide
from apps.moderation.services.effects import Terms
from apps.moderation.services.subjects import find_subject_to_decide
from apps.moderation.services.taking_back import answer_appeal, undo
from apps.moderation.views.queue import with_subjects

LATEST = Order("decisions", ("-number",))
WAITING_LONGEST = Order("appeals", ("id",))
LONGEST_YEARS = 10
CLEARING = frozenset({Decision.Action.APPROVE, Decision.Action.DISMISS})
"""What lets a text stand: only the one that was seen. To remove it, no version is asked for, so that nobody escapes by
editing."""
Step = Callable[[], Decision]


class DecisionsQuery(PageQuery):
    person = serializers.CharField(required=False, max_length=30, help_text="The username of whom it concerns.")
    subject = serializers.RegexField(
        r"^(post|comment|person):[0-9]{1,15}\Z", required=False, max_length=24, help_text="Such as `comment:41`."
    )


class AppealsQuery(PageQuery):
    state = serializers.ChoiceField(required=False, choices=Appeal.State.choices, default=Appeal.State.OPEN)


def context_of(decisions: Sequence[Decision], user: User) -> dict[str, Any]:
    """What the serializers of decisions have to know, in as many queries for one as for many."""
    numbers = [decision.number for decision in decisions]
    taken_back = Decision.objects.filter(answers__in=numbers, action__in=["undo", "overturn"])
    appeals = Appeal.objects.filter(decision__in=[decision.pk for decision in decisions])
    ids = {pk for decision in decisions for pk in (decision.person_id, decision.moderator_id)}
    return {
        "subjects": Subjects(((decision.subject, decision.subject_id) for decision in decisions), user=user),
        "answers": dict(taken_back.values_list("answers", "number")),
        "appeals": {appeal.decision_id: appeal for appeal in appeals},
        "people": people_by_id(ids),
    }


@docs.decisions
class DecisionsView(ContractView):
    permission_classes = [IsModerator]
    scopes = {"get": Scope.MODERATION, "post": Scope.MODERATION}
    query_serializers = {"get": DecisionsQuery}

    def get(self, request: Request) -> Response:
        rows = Decision.objects.all()
        if "person" in self.query:
            named = User.objects.named(self.query["person"]).values("pk")
            rows = rows.filter(person_id__in=named)
        if "subject" in self.query:
            kind, _, pk = self.query["subject"].partition(":")
            rows = rows.filter(subject=kind, subject_id=int(pk))
        page = self.page(rows, LATEST)
        context = context_of(page.rows, caller(request))
        return self.page_response(page, list(shapes.DecisionSerializer(page.rows, many=True, context=context).data))

    def post(self, request: Request) -> Response:
        serializer = shapes.DecisionWriteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        require_sensible_end(given.get("until"))
        results = [self._result(step, **names) for names, step in self._steps(given)]
        return Response(shapes.DecisionResultsSerializer(results).data)

    def _steps(self, given: dict[str, Any]) -> Iterator[tuple[dict[str, int], Step]]:
        """What to do, one by one, under the names that the answer repeats."""
        moderator = caller(self.request)
        said = {"moderator": moderator, "reason": given["reason"], "note": given["note"]}
        action = given["action"]
        for number in given.get("answers", []):
            if action == Decision.Action.UNDO:
                yield {"answers": number}, lambda number=number: undo(number=number, **said)  # type: ignore[misc]
            else:
                yield (
                    {"answers": number},
                    lambda number=number: answer_appeal(number=number, action=action, **said),  # type: ignore[misc]
                )
        terms = Terms(until=given.get("until"), seconds=given.get("seconds"))
        said |= {"action": action, "terms": terms}
        cases = with_subjects(Case.objects.for_moderator(moderator)).in_bulk(given.get("cases", []))
        seen = given.get("versions", []) if action in CLEARING else []
        for pk, version in zip_longest(given.get("cases", []), seen, fillvalue=0):
            about = {**said, "terms": replace(terms, expected={version} if version else None)}
            yield {"case": pk}, lambda pk=pk, about=about: _decide_case(cases.get(pk), about)  # type: ignore[misc]
        if "subject" in given:
            names = {name: given["subject"].get(name) for name in ("post", "comment", "person")}
            target = find_subject_to_decide(moderator, **names)
            yield {}, lambda: decide(target=target, **said)

    def _result(self, step: Step, *, case: int | None = None, answers: int | None = None) -> dict[str, Any]:
        row = {"case": case, "answers": answers}
        try:
            return {**row, "done": True, "number": step().number}
        except (DomainError, APIException) as error:
            return {**row, "done": False, "number": None, "problem": problem_of(self.request, error)}


@docs.own_decisions
class OwnDecisionsView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"get": Scope.ACCOUNT_READ}
    query_serializers = {"get": PageQuery}

    def get(self, request: Request) -> Response:
        user = caller(request)
        page = self.page(Decision.objects.concerning(user), LATEST)
        context = context_of(page.rows, user)
        return self.page_response(page, list(shapes.OwnDecisionSerializer(page.rows, many=True, context=context).data))


class AppealPermission(BasePermission):
    """Who is concerned appeals, moderators look at appeals."""

    def has_permission(self, request: Request, view: object) -> bool:
        if getattr(view, "action", None) == "create":
            return bool(request.user and request.user.is_authenticated)
        return IsModerator().has_permission(request, view)


@docs.appeals
class AppealViewSet(ContractViewSet):
    permission_classes = [AppealPermission]
    scopes = {"list": Scope.MODERATION, "create": Scope.COMMENTS_WRITE}
    query_serializers = {"list": AppealsQuery}

    def list(self, request: Request) -> Response:
        user = caller(request)
        rows = Appeal.objects.filter(state=self.query["state"]).exclude(appellant=user)
        page = self.page(rows.select_related("decision", "appellant"), WAITING_LONGEST)
        context = context_of([appeal.decision for appeal in page.rows], user)
        context["may_answer"] = lambda appeal: may_answer(user, appeal)
        return self.page_response(page, list(shapes.AppealSerializer(page.rows, many=True, context=context).data))

    def create(self, request: Request) -> Response:
        serializer = shapes.AppealWriteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        number, text = serializer.validated_data["decision"], serializer.validated_data["text"]
        appeal = appeal_against(person=caller(request), number=number, text=text)
        return Response(shapes.AppealStandingSerializer(appeal).data, status=status.HTTP_201_CREATED)


@docs.appealing_by_link
class LinkedAppealView(ContractView):
    """Nobody is asked who they are, and no credential is looked at: the token is all that counts."""

    authentication_classes = []
    permission_classes = []

    def post(self, request: Request) -> Response:
        serializer = shapes.LinkedAppealSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        appeal = appeal_by_link(**serializer.validated_data)
        return Response(shapes.AppealStandingSerializer(appeal).data, status=status.HTTP_201_CREATED)


def require_sensible_end(until: Any) -> None:
    """Raises FieldProblem for an end that has passed, or that nobody will live to see."""
    now = timezone.now()
    if until is not None and not now < until < now + timedelta(days=365 * LONGEST_YEARS):
        raise FieldProblem("until", f"Choose a time to come, within {LONGEST_YEARS} years.", code="out_of_range")


def _decide_case(case: Case | None, said: dict[str, Any]) -> Decision:
    if case is None:
        raise NoCase
    try:
        return decide(target=target_of(case), case=case, **said)
    except VersionConflict as error:
        raise EditedSince(error.extra["current_version"]) from error
