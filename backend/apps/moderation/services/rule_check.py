"""The rule that asks a service: what becomes of a comment by its answer."""

from django.db import transaction

from apps.comments.deciding import carry_out
from apps.comments.models import Comment
from apps.common.errors import VersionConflict
from apps.moderation.models import Case, Report, Rule
from apps.moderation.services.akismet import is_spam
from apps.moderation.services.cases import Subject, Target, close_case, open_case
from apps.moderation.services.effects import Action, Terms, lock_target, take_effect
from apps.moderation.services.log import append
from apps.moderation.services.rule_gate import is_exempt
from apps.moderation.services.rules import akismet_is_set_up

Status = Comment.Status
_BY_ACTION = {Rule.Action.HOLD: Status.PENDING, Rule.Action.SPAM: Status.SPAM}


def check_comment(comment_id: int) -> None:
    """Ask about a comment that is shown or waits, and carry the answer out. Raises ServiceAway. Asking twice about the
    same text changes nothing the second time; a text that was edited meanwhile is asked about by its own job."""
    rule = Rule.objects.filter(kind=Rule.Kind.AKISMET, enabled=True).first()
    if rule is None or not akismet_is_set_up():
        return
    waiting = Comment.objects.filter(status__in=[Status.VISIBLE, Status.PENDING], import_key__isnull=True)
    comment = waiting.select_related("author", "post").filter(pk=comment_id).first()
    if comment is None or is_exempt(comment.author, comment.post):
        return
    try:
        if is_spam(comment):
            _put_away(comment, rule)
        else:
            _let_through(comment, rule)
    except VersionConflict:
        return


@transaction.atomic
def _put_away(comment: Comment, rule: Rule) -> None:
    status = _BY_ACTION[Rule.Action(rule.action)]
    if comment.status == status:
        return  # it waits already: what holds it has opened a case
    comment = carry_out(comment=comment, status=status, expected={comment.version})
    open_case(comment=comment, rule=rule)


@transaction.atomic
def _let_through(comment: Comment, rule: Rule) -> None:
    """What nothing but this rule held is shown; where somebody has reported it, a moderator decides."""
    case = Case.objects.open().filter(comment=comment, rule=rule, report_count=0).first()
    if case is None or comment.status != Status.PENDING:
        return
    target = lock_target(Target(kind=Subject.COMMENT.value, thing=comment))
    case = Case.objects.open().select_for_update().filter(pk=case.pk, report_count=0).first()
    if case is None:
        return
    before, after = take_effect(Action.APPROVE, target, Terms(expected={comment.version}))
    append(
        action=Action.APPROVE,
        subject=target.kind,
        subject_id=target.pk,
        person_id=comment.author_id,
        case_id=case.pk,
        rule=rule.name,
        before=before,
        after=after,
    )
    close_case(case, outcome=Report.Outcome.DECLINED)
