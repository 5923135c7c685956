"""Reports by readers. What the reporter may not see answers as what is not there."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.common.errors import FieldProblem, TooManyAttempts
from apps.moderation.models import Case, Report
from apps.moderation.services.cases import Subject, Target, find_or_open
from apps.posts.models import Post, PostSlug

MOST_AT_ONCE = 20
WINDOW = timedelta(hours=1)
_GONE = "There is nothing here that could be reported."


def find_subject(user: User, *, post: str | None, comment: int | None, person: str | None) -> Target:
    """What is reported, if the user sees it now as everybody does. Raises FieldProblem."""
    thing: Any
    if post is not None:
        slug = PostSlug.objects.filter(slug=post).values("post_id")
        name, kind = "post", Subject.POST
        thing = Post.objects.live().filter(pk__in=slug).select_related("author").first()
    elif comment is not None:
        name, kind = "comment", Subject.COMMENT
        shown = Comment.objects.visible_to(user).filter(status=Comment.Status.VISIBLE, post__in=Post.objects.live())
        thing = shown.filter(pk=comment).select_related("author", "post").first()
    else:
        name, kind = "person", Subject.PERSON
        thing = User.objects.visible_to(user).named(person or "").first()
    if thing is None:
        raise FieldProblem(name, _GONE, code="gone")
    target = Target(kind=kind.value, thing=thing)
    if target.person is not None and target.person.pk == user.pk:
        raise FieldProblem(name, "This is your own.", code="own")
    return target


@transaction.atomic
def report(*, reporter: User, target: Target, reason: str, detail: str = "") -> tuple[Report, bool]:
    """Report the thing; the report, and whether it is new. Whoever reported it before, and was answered while it was
    as it is now, gets that answer again."""
    earlier = _earlier(reporter, target)
    if earlier is not None:
        return earlier, False
    case = find_or_open(target)
    _require_patience(reporter)
    made, is_new = Report.objects.get_or_create(
        case=case, reporter=reporter, defaults={"reason": reason, "detail": detail}
    )
    if is_new:
        Case.objects.filter(pk=case.pk).update(report_count=F("report_count") + 1)
    return made, is_new


def _earlier(reporter: User, target: Target) -> Report | None:
    columns = {f"case__{name}": value for name, value in target.columns.items()}
    earlier = Report.objects.filter(reporter=reporter, **columns).order_by("-id").first()
    if earlier is None or earlier.outcome == Report.Outcome.OPEN:
        return earlier
    changed_at = getattr(target.thing, "edited_at", None) or getattr(target.thing, "updated_at", None)
    is_another = changed_at is not None and changed_at > earlier.created_at
    is_stale = earlier.outcome == Report.Outcome.UPHELD  # it is to be seen again, for whatever reason
    return None if is_another or is_stale else earlier


def _require_patience(reporter: User) -> None:
    """A limit, so that nobody floods the queue; the account's row is locked, so that two at once count both."""
    User.objects.select_for_update().filter(pk=reporter.pk).first()
    since = timezone.now() - WINDOW
    recent = Report.objects.filter(reporter=reporter, created_at__gt=since).order_by("-id")
    times = list(recent.values_list("created_at", flat=True)[:MOST_AT_ONCE])
    if len(times) >= MOST_AT_ONCE:
        raise TooManyAttempts(max(1, int((times[-1] + WINDOW - timezone.now()).total_seconds()) + 1))
