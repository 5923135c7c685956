"""Taking decisions back, and answering appeals. The decision stays in the log; the row that answers it says what of it
was undone."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.common.errors import InvalidState
from apps.moderation.errors import AlreadyDecided, NoCase, NotYours
from apps.moderation.models import Appeal, Decision, Report
from apps.moderation.policies import can_decide_about, may_answer
from apps.moderation.services.cases import Subject, Target, reopen_case
from apps.moderation.services.decisions import ANSWERS, require_others, require_unanswered
from apps.moderation.services.effects import Action, Members, bring_about, lock_target, members_of
from apps.moderation.services.log import append
from apps.posts.models import Post

_MODELS: dict[str, Any] = {
    Subject.POST.value: Post.objects.select_related("author"),
    Subject.COMMENT.value: Comment.objects.select_related("author", "post"),
    Subject.PERSON.value: User.objects.all(),
}


def target_of_decision(decision: Decision) -> Target:
    """What it was about. Raises InvalidState when that is gone."""
    return target_named(decision.subject, decision.subject_id)


def target_named(kind: str, pk: int) -> Target:
    """The subject as the log names it. Raises InvalidState when it is gone."""
    thing = _MODELS[kind].all().filter(pk=pk).first()
    if thing is None:
        raise InvalidState("What it was about is not there any more.")
    return Target(kind=kind, thing=thing)


@transaction.atomic
def undo(*, moderator: User, number: int, reason: str = "", note: str = "") -> Decision:
    """Make things as they were before the decision, and open its case again. Raises InvalidState when they were
    decided anew since, and AlreadyDecided when somebody was quicker."""
    decision = _find(number)
    if decision.action in ANSWERS or decision.moderator_id is None:
        raise InvalidState("This one cannot be undone. Decide anew instead.")
    target = target_of_decision(decision)
    require_others(moderator, target)
    if not can_decide_about(moderator, target.person):
        raise NotYours
    target = lock_target(target)
    require_unanswered(number)
    if Appeal.objects.filter(decision=decision, state=Appeal.State.OPEN).exists():
        raise InvalidState("There is an appeal against it. Uphold or overturn it.")
    before, after = _restore(decision, target)
    if decision.after and not after:
        raise InvalidState("It was decided anew since, or is otherwise by now.")
    if decision.case_id is not None:
        reopen_case(decision.case_id, target)
    return _append_answer(Action.UNDO, decision, (before, after), moderator_id=moderator.pk, reason=reason, note=note)


@transaction.atomic
def answer_appeal(*, moderator: User, number: int, action: str, reason: str = "", note: str = "") -> Decision:
    """Uphold the decision that the appeal is against, or overturn it: what of it is still in force is undone."""
    decision = _find(number)
    appeal = Appeal.objects.select_related("decision").filter(decision=decision).first()
    if appeal is None:
        raise NoCase("There is no appeal against a decision of this number.")
    if not may_answer(moderator, appeal):
        raise NotYours("Another moderator than the one who decided answers an appeal.")
    target = target_of_decision(decision)
    require_others(moderator, target)
    if not can_decide_about(moderator, target.person):
        raise NotYours
    target = lock_target(target)
    appeal = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if appeal.state != Appeal.State.OPEN:
        newest = Decision.objects.filter(answers=number).order_by("-number").first()
        raise AlreadyDecided("This appeal is answered.", newest.number if newest else None)
    overturns = action == Action.OVERTURN
    before, after = _restore(decision, target) if overturns else ({}, {})
    appeal.state = Appeal.State.OVERTURNED if overturns else Appeal.State.UPHELD
    appeal.decided_at = timezone.now()
    appeal.save(update_fields=["state", "decided_at"])
    if overturns and decision.case_id is not None:
        answered = Report.objects.filter(case=decision.case_id, outcome=Report.Outcome.UPHELD)
        answered.update(outcome=Report.Outcome.DECLINED)
    return _append_answer(action, decision, (before, after), moderator_id=moderator.pk, reason=reason, note=note)


def _find(number: int) -> Decision:
    decision: Decision | None = Decision.objects.filter(number=number).first()
    if decision is None:
        raise NoCase("There is no decision of this number.")
    return decision


def _restore(decision: Decision, target: Target) -> tuple[Members, Members]:
    """Bring back what is still as the decision left it; answers those members before and after."""
    now, anew = members_of(target), _decided_anew(decision)
    held = [name for name in decision.before if now.get(name) == decision.after.get(name) and name not in anew]
    after = {name: decision.before[name] for name in held}
    if after:
        bring_about(target, after)
    return {name: now[name] for name in held}, after


def _decided_anew(decision: Decision) -> set[str]:
    """The members that later decisions which stand have set, to the same value or to another."""
    later = Decision.objects.filter(subject=decision.subject, subject_id=decision.subject_id)
    rows = list(later.filter(number__gt=decision.number).values_list("number", "action", "answers", "after"))
    undone = {answers for _, action, answers, _ in rows if action in {Action.UNDO, Action.OVERTURN}}
    return {
        name
        for number, _, answers, after in rows
        if number not in undone and not (answers and answers > decision.number)
        for name in after
    }


def _append_answer(action: str, decision: Decision, changes: tuple[Members, Members], **said: Any) -> Decision:
    return append(
        action=action,
        subject=decision.subject,
        subject_id=decision.subject_id,
        person_id=decision.person_id,
        case_id=decision.case_id,
        answers=decision.number,
        rule=decision.rule,
        before=changes[0],
        after=changes[1],
        **said,
    )
