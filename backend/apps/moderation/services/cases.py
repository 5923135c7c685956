"""Cases: one open one at most for each post, comment or person."""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.moderation.models import Case, Decision, Report, Rule
from apps.moderation.services.log import append
from apps.posts.models import Post

Subject = Decision.Subject


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a case or a decision is about."""

    kind: str
    thing: Post | Comment | User

    @property
    def pk(self) -> int:
        return int(self.thing.pk)

    @property
    def person(self) -> User | None:
        """Whom it concerns: the author, or the person themselves; None for a guest's comment."""
        return self.thing if isinstance(self.thing, User) else self.thing.author

    def is_by(self, user: User) -> bool:
        """Whether the user wrote it, alone or together with others, or is it."""
        if isinstance(self.thing, Post):
            return self.thing.is_written_by(user)
        return self.person is not None and self.person.pk == user.pk

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of its cases."""
        return {f"{self.kind}_id": self.pk}


def target_of(case: Case) -> Target:
    """What the case is about."""
    if case.comment is not None:
        return Target(kind=Subject.COMMENT.value, thing=case.comment)
    if case.post is not None:
        return Target(kind=Subject.POST.value, thing=case.post)
    assert case.person is not None  # noqa: S101 - `case_is_about_one_thing`
    return Target(kind=Subject.PERSON.value, thing=case.person)


@transaction.atomic
def open_case(
    *,
    comment: Comment | None = None,
    post: Post | None = None,
    person: User | None = None,
    rule: Rule | None = None,
    rule_name: str = "",
) -> Case:
    """The open case about this thing, made where there is none. Where a rule held a comment back, which is then
    pending or spam, the log says so."""
    thing = comment or post or person
    assert thing is not None  # noqa: S101 - a mistake in the program
    kind = Subject.COMMENT if comment else Subject.POST if post else Subject.PERSON
    target = Target(kind=kind.value, thing=thing)
    case = find_or_open(target, rule)
    if comment is not None and (rule is not None or rule_name):
        append(
            action=Decision.Action.HOLD,
            subject=target.kind,
            subject_id=target.pk,
            person_id=comment.author_id,
            case_id=case.pk,
            rule=(rule.name if rule else rule_name)[:80],
            after={"status": comment.status},
        )
    return case


def find_or_open(target: Target, rule: Rule | None = None) -> Case:
    """The open case, locked."""
    while True:
        case = Case.objects.open().select_for_update().filter(**target.columns).first()
        if case is None:
            try:
                with transaction.atomic():
                    return Case.objects.create(**target.columns, rule=rule)
            except IntegrityError:
                continue  # somebody else was quicker; theirs is there now, or decided already
        if rule is not None and case.rule_id is None:
            case.rule = rule
            case.save(update_fields=["rule"])
        return case


@transaction.atomic
def open_case_where_waiting(comment_id: int) -> None:
    """Open a case for a comment that waits to be approved, though nobody reported it and no rule held it."""
    comment = Comment.objects.select_for_update().filter(pk=comment_id, status=Comment.Status.PENDING).first()
    if comment is not None:
        find_or_open(Target(kind=Subject.COMMENT.value, thing=comment))


def close_case(case: Case, *, outcome: str) -> None:
    """Nothing is left to decide; what was reported is answered."""
    case.closed_at = timezone.now()
    case.save(update_fields=["closed_at"])
    Report.objects.filter(case=case, outcome=Report.Outcome.OPEN).update(outcome=outcome)


def reopen_case(case_id: int, target: Target) -> None:
    """The decision that closed it was taken back. Where there is another open case about the same, that one stays; one
    about something else, which the decision was made beside, is as it was."""
    case = Case.objects.select_for_update().closed().filter(pk=case_id, **target.columns).first()
    if case is None or Case.objects.open().filter(**target.columns).exists():
        return
    case.closed_at = None
    case.save(update_fields=["closed_at"])
    Report.objects.filter(case=case).update(outcome=Report.Outcome.OPEN)


def settle_deleted_comment(comment_id: int) -> None:
    """Its author took it back: nothing is left to decide on, and those who reported it have what they wanted."""
    with transaction.atomic():
        case = Case.objects.open().select_for_update().filter(comment_id=comment_id).first()
        if case is not None and case.comment is not None and case.comment.status == Comment.Status.DELETED:
            close_case(case, outcome=Report.Outcome.UPHELD)
