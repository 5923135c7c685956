"""Decisions of moderators: each is one transaction of what it does, its row in the log, and the end of the case."""

from django.db import transaction
from django.db.models import Count

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.common.errors import FieldProblem, InvalidState
from apps.moderation.errors import AlreadyDecided, NotYours
from apps.moderation.models import Case, Decision, Report
from apps.moderation.policies import APPEALABLE, can_decide_about, can_moderate
from apps.moderation.services.cases import Subject, Target, close_case
from apps.moderation.services.effects import (
    COMMENT_STATUS,
    THREAD_ACTIONS,
    Action,
    Terms,
    lock_target,
    subject_for,
    take_effect,
)
from apps.moderation.services.log import append

ANSWERS = frozenset({Action.UNDO, Action.UPHOLD, Action.OVERTURN})
_DECLINING = frozenset({Action.APPROVE, Action.DISMISS})
"""Decisions that find a report wanting."""
_STANDING = frozenset({*_DECLINING, Action.WARN})
"""Those that change nothing, and are decisions nevertheless."""
_PLAIN = Terms()


@transaction.atomic
def decide(
    *,
    moderator: User,
    action: str,
    target: Target,
    case: Case | None = None,
    reason: str = "",
    note: str = "",
    terms: Terms = _PLAIN,
) -> Decision:
    """Decide about a thing, or beside it about its thread or its author; the row that the log got. One against somebody
    always names a reason or a rule: where the moderator chose none, the one that suggests itself.

    A decision about the thing itself closes its case; of two moderators the second is told AlreadyDecided. Raises
    NotYours, and InvalidState or FieldProblem where there is nothing to do.
    """
    subject = subject_for(action, target)
    if subject is None:
        raise FieldProblem("action", f"“{action}” is nothing that can be done here.", code="not_applicable")
    _require_right(moderator, action, subject)
    subject = lock_target(subject, terms.expected)
    closes = (subject.kind, subject.pk) == (target.kind, target.pk)
    closing = _case_to_close(case, subject) if closes else None
    if action == Action.DISMISS and closing is None:
        raise InvalidState("Nothing is open about this that could be dismissed.")
    before, after = take_effect(action, subject, terms)
    if not after and action not in _STANDING and closing is None:
        raise InvalidState("That is so already.")
    about = case or closing
    person = subject.person
    decision = append(
        action=action,
        subject=subject.kind,
        subject_id=subject.pk,
        person_id=person.pk if person else None,
        moderator_id=moderator.pk,
        case_id=about.pk if about else None,
        reason=reason or implied_reason(action, about),
        rule=about.rule.name if about and about.rule else "",
        note=note,
        before=before,
        after=after,
    )
    if closing is not None:
        declines = action in _DECLINING
        close_case(closing, outcome=Report.Outcome.DECLINED if declines else Report.Outcome.UPHELD)
    return decision


def decide_comment(*, comment: Comment, status: str, moderator: User, expected: set[int] | None = None) -> Comment:
    """What moderators do in the Django admin, and with DELETE: the same decisions, by the comment's new status."""
    deletes = status == Comment.Status.DELETED
    by_status = {str(value): action for action, value in COMMENT_STATUS.items()}
    action = Action.REMOVE if deletes else Action(by_status[str(status)])
    target = Target(kind=Subject.COMMENT.value, thing=comment)
    decide(moderator=moderator, action=action, target=target, terms=Terms(deletes=deletes, expected=expected))
    changed: Comment = Comment.objects.select_related("author", "post").get(pk=comment.pk)
    return changed


def implied_reason(action: str, case: Case | None) -> str:
    """Why something is decided against somebody, where nobody said: what most of those said who reported it. What a
    rule held is decided by that rule."""
    if action not in APPEALABLE:
        return ""
    if action == Action.SPAM:
        return str(Report.Reason.SPAM.value)
    said = Report.objects.filter(case=case.pk if case else None).values_list("reason")
    commonest = said.annotate(number=Count("pk")).order_by("-number", "reason").first()
    if commonest is not None:
        return str(commonest[0])
    return "" if case is not None and case.rule is not None else str(Report.Reason.OTHER.value)


def require_unanswered(number: int) -> None:
    """Raises AlreadyDecided when the decision was taken back before. Its row is locked, so that of an appeal and an
    undo at once the second sees the first."""
    Decision.objects.select_for_update().filter(number=number).first()
    taken_back = Decision.objects.filter(answers=number, action__in=[Action.UNDO, Action.OVERTURN]).first()
    if taken_back is not None:
        raise AlreadyDecided("That decision was taken back before.", taken_back.number)


def _require_right(moderator: User, action: str, subject: Target) -> None:
    """A thread is nobody's person: any moderator may lock an admin's, but nobody that under their own post."""
    require_others(moderator, subject)
    if action in THREAD_ACTIONS and can_moderate(moderator):
        return
    if not can_decide_about(moderator, subject.person):
        raise NotYours("Only admins decide about admins.")


def require_others(moderator: User, subject: Target) -> None:
    """Raises NotYours for the moderator's own affairs, posts among them that they write together with others."""
    if subject.is_by(moderator):
        raise NotYours("Nobody decides about themselves or what they wrote.")


def _case_to_close(case: Case | None, subject: Target) -> Case | None:
    """The open case about the subject, locked. Raises AlreadyDecided when the one that the moderator saw is closed."""
    if case is None:
        found: Case | None = Case.objects.open().select_for_update().filter(**subject.columns).first()
        return found
    locked: Case | None = Case.objects.select_for_update().filter(pk=case.pk).first()
    if locked is None or locked.closed_at is not None:
        newest = Decision.objects.filter(case_id=case.pk).order_by("-number").first()
        raise AlreadyDecided("This case is closed.", newest.number if newest else None)
    return locked
