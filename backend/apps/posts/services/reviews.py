"""The review of a draft: submitted, approved or sent back, with remarks on the way.

A step of a review changes no word of the post, so it leaves the version alone. Approving takes the versions that the
editor read: what was written meanwhile is not approved unseen.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.common.conditional import check_version
from apps.common.errors import FieldProblem, InvalidState, TooManyAttempts
from apps.common.outbox import record
from apps.posts.models import Post, ReviewNote, WorkingCopy
from apps.posts.querysets import LIVE_STATUSES
from apps.posts.services.writing import lock_post

SUBMITTED = "posts.submitted"
APPROVED = "posts.approved"
SENT_BACK = "posts.sent_back"
Kind = ReviewNote.Kind
State = Post.ReviewState
MAX_OPEN_NOTES = 500
MAX_NOTES = 3000
SUBMISSIONS_AN_HOUR = 10
"""By one person, at all posts: each is a mail to every editor."""
RESOLVABLE = {Kind.REMARK, Kind.SENT_BACK}
"""Steps that ask for nothing have nothing to resolve."""


@transaction.atomic
def submit_post(*, post: Post, actor: User, note: str = "", expected: set[int] | None = None) -> Post:
    """Ask the editors to look at the draft, or at the working copy of a published post."""
    post = lock_post(post, expected)
    if post.review_state in {State.SUBMITTED, State.APPROVED}:
        raise InvalidState("The post is submitted already, or approved.")
    if post.status in LIVE_STATUSES and _working_copy_version(post) is None:
        raise InvalidState("There is nothing to review: the post is published, and has no working copy.")
    if not post.title and not post.body:
        raise FieldProblem("title", "Write something before you submit it.", code="required")
    _count_submissions(actor)
    return _take_step(post, State.SUBMITTED, actor, note, SUBMITTED)


def _count_submissions(actor: User) -> None:
    if not settings.RATE_LIMITS_ENABLED:
        return
    hour = timedelta(hours=1)
    recent = ReviewNote.objects.filter(author=actor, kind=Kind.SUBMITTED, created_at__gt=timezone.now() - hour)
    times = list(recent.order_by("created_at").values_list("created_at", flat=True))
    if len(times) >= SUBMISSIONS_AN_HOUR:
        raise TooManyAttempts(max(1, round((times[-SUBMISSIONS_AN_HOUR] + hour - timezone.now()).total_seconds())))


@transaction.atomic
def approve_post(
    *, post: Post, actor: User, note: str = "", expected: set[int] | None = None, working_copy: int | None = None
) -> Post:
    """Let those who write the post publish it. `working_copy`: the version of the working copy that the editor read,
    which must be named where there is one."""
    post = lock_post(post, expected)
    if post.review_state != State.SUBMITTED:
        raise InvalidState("The post does not wait for a review.")
    current = _working_copy_version(post)
    if current is not None:
        if working_copy is None:
            raise FieldProblem("working_copy", "Name the version of the working copy that you read.", code="required")
        check_version(current, {working_copy})
    return _take_step(post, State.APPROVED, actor, note, APPROVED)


@transaction.atomic
def send_back_post(*, post: Post, actor: User, note: str, expected: set[int] | None = None) -> Post:
    """Ask those who write the post for changes, also after it was approved."""
    post = lock_post(post, expected)
    if post.review_state not in {State.SUBMITTED, State.APPROVED}:
        raise InvalidState("The post does not wait for a review.")
    return _take_step(post, State.SENT_BACK, actor, note, SENT_BACK)


@transaction.atomic
def add_note(*, post: Post, author: User, body: str, quote: str = "") -> ReviewNote:
    """A remark on the draft, about the passage that is quoted."""
    post = lock_post(post)
    remarks = ReviewNote.objects.filter(post=post, kind=Kind.REMARK)
    if remarks.filter(resolved_at__isnull=True).count() >= MAX_OPEN_NOTES:
        raise InvalidState("There are too many open remarks. Resolve some first.")
    if remarks.count() >= MAX_NOTES:
        raise InvalidState("There are too many remarks. Delete some first.")
    return ReviewNote.objects.create(post=post, author=author, body=body, quote=quote)


def resolve_note(*, note: ReviewNote, resolved: bool) -> ReviewNote:
    """Tick a remark off, or open it again."""
    if note.kind not in RESOLVABLE:
        raise InvalidState("Only remarks, and what came with a post that was sent back, can be resolved.")
    if resolved != (note.resolved_at is not None):
        note.resolved_at = timezone.now() if resolved else None
        note.save(update_fields=["resolved_at"])
    return note


def delete_note(*, note: ReviewNote) -> None:
    """Remove a remark. Steps stay: they are the record of the review."""
    if note.kind != Kind.REMARK:
        raise InvalidState("Only remarks can be removed.")
    note.delete()


def _take_step(post: Post, state: Post.ReviewState, actor: User, note: str, event: str) -> Post:
    Post.objects.filter(pk=post.pk).update(review_state=state)
    post.review_state = state
    step = ReviewNote.objects.create(post=post, author=actor, kind=Kind(state.value), body=note)
    record(event, {"post_id": post.pk, "note_id": step.pk})
    return post


def _working_copy_version(post: Post) -> int | None:
    version: int | None = WorkingCopy.objects.filter(post=post).values_list("version", flat=True).first()
    return version
