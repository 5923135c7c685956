"""Who hears of a decision: the person concerned, and those who reported it. Nobody is told which moderator decided."""

from typing import Any

from apps.comments.models import Comment
from apps.moderation.models import Case, Decision, Report
from apps.moderation.policies import is_appealable
from apps.notifications.models import Kind
from apps.notifications.services import notify
from apps.posts.models import Post

Action = Decision.Action


def tell_of(number: int) -> None:
    """Tell them; however often this runs, each is told once."""
    decision = Decision.objects.get(number=number)
    if decision.action == Action.HOLD:
        return  # whoever wrote it sees that it waits
    if decision.person_id is not None and concerns(decision):
        notify(
            recipient_id=decision.person_id,
            kind=Kind.DECISION,
            group=f"decision:{number}",
            post_id=_post_of(decision),
            data=data_of(decision),
        )
    if decision.case_id is not None:
        _tell_reporters(decision)


def concerns(decision: Decision) -> bool:
    """Whether it changed something for the person, or answered them. That reports came to nothing, they never hear."""
    if decision.action == Action.DISMISS:
        return False
    return decision.action != Action.APPROVE or bool(decision.after)


def data_of(decision: Decision) -> dict[str, Any]:
    """What the notification and its mail say: all that the person has to know, for who is suspended reads it nowhere
    else."""
    return {
        "number": decision.number,
        "action": decision.action,
        "reason": decision.reason,
        "rule": decision.rule,
        "subject": {"type": decision.subject, "id": decision.subject_id},
        "until": decision.after.get("suspended_until") or decision.after.get("silenced_until"),
        "answers": decision.answers,
        "note": decision.note,
        "may_appeal": is_appealable(decision),
    }


def _post_of(decision: Decision) -> int | None:
    """The post that it is about, or that the comment stands under, while there is one."""
    if decision.subject == Decision.Subject.COMMENT:
        return Comment.objects.filter(pk=decision.subject_id).values_list("post_id", flat=True).first()
    if decision.subject == Decision.Subject.POST:
        return Post.objects.filter(pk=decision.subject_id).values_list("pk", flat=True).first()
    return None


def _tell_reporters(decision: Decision) -> None:
    """What they reported is decided on, or was restored since."""
    closed = Case.objects.closed().filter(pk__in=[decision.case_id]).exists()
    if not closed:
        return
    answered = Report.objects.filter(case=decision.case_id).exclude(outcome=Report.Outcome.OPEN)
    for report in answered.order_by("id"):
        notify(
            recipient_id=report.reporter_id,
            kind=Kind.REPORT,
            group=f"report:{report.pk}:{report.outcome}",
            data={"report": report.pk, "outcome": report.outcome},
        )
