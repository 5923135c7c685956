"""What hangs on a comment's being shown: counters, mentions, and the news of it."""

from django.db.models import F
from django.utils import timezone

from apps.accounts.mentions import Mentioned, people_named
from apps.accounts.models import User
from apps.comments.errors import CommentGone
from apps.comments.models import Comment, Mention
from apps.common.conditional import check_version
from apps.common.markup import render_comment
from apps.common.outbox import record
from apps.posts.models import Post

Status = Comment.Status


def lock(comment: Comment, expected: set[int] | None) -> Comment:
    """Lock post and comment, in the order of every other write, and compare versions."""
    Post.objects.select_for_update().filter(pk=comment.post_id).first()
    locked: Comment | None = Comment.objects.select_for_update().filter(pk=comment.pk).first()
    if locked is None:
        raise CommentGone
    check_version(locked.version, expected)
    return locked


def write_body(comment: Comment, body: str) -> Mentioned:
    """Set the text and its HTML; answers whom it names. What was imported names nobody: there, `@mina` was another."""
    people = people_named(body) if comment.import_key is None else Mentioned()
    comment.body = body
    comment.body_html = render_comment(body, people=people)
    return people


def set_status(comment: Comment, status: str) -> None:
    """Change the status and all that follows from it; the caller saves the comment's row."""
    was_visible = comment.status == Status.VISIBLE
    comment.status = status
    comment.version += 1
    if was_visible == (status == Status.VISIBLE):
        return
    if was_visible:
        hide(comment)
    else:
        people = write_body(comment, comment.body)
        show(comment, people)


def show(comment: Comment, people: Mentioned) -> None:
    """The comment has become visible: count it, keep whom it names, and say so. Sets `shown_at` the first time."""
    is_first = comment.shown_at is None
    comment.shown_at = comment.shown_at or timezone.now()
    _count(comment, +1)
    keep_mentions(comment, people)
    record("comments.shown", {"comment_id": comment.pk, "first": is_first})


def hide(comment: Comment) -> None:
    """The comment is no longer visible."""
    _count(comment, -1)
    Mention.objects.filter(comment=comment).delete()
    record("comments.hidden", {"comment_id": comment.pk})


def keep_mentions(comment: Comment, people: Mentioned) -> None:
    """Make the rows those of the people that the text as it was rendered names, its author aside."""
    wanted = people.shown - {comment.author_id}
    kept = Mention.objects.filter(comment=comment)
    present = set(kept.values_list("person_id", flat=True)) if comment.version > 1 else set()
    if present - wanted:
        kept.filter(person__in=present - wanted).delete()
    if wanted - present:
        new = [Mention(comment=comment, person_id=pk) for pk in sorted(wanted - present)]
        Mention.objects.bulk_create(new, ignore_conflicts=True)


def _count(comment: Comment, change: int) -> None:
    """Add a comment that became visible to all counters, or take one out that no longer is."""
    Post.objects.filter(pk=comment.post_id).update(comment_count=F("comment_count") + change)
    if comment.author_id:
        User.objects.filter(pk=comment.author_id).update(comment_count=F("comment_count") + change)
    ancestors = comment.ancestor_ids
    if ancestors:
        Comment.objects.filter(pk__in=ancestors).update(visible_descendants=F("visible_descendants") + change)
        Comment.objects.filter(pk=ancestors[-1]).update(reply_count=F("reply_count") + change)
