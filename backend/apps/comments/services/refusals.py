"""Why somebody may not write a comment, or not any more. All are asked under the lock of the post."""

import math
from datetime import timedelta

from django.utils import timezone

from apps.accounts.models import Block, User
from apps.comments.errors import EditWindowOver, NotWelcome, Silenced, SlowMode, ThreadLocked
from apps.comments.models import MAX_DEPTH, PATH_STEP, Comment
from apps.comments.policies import can_moderate, is_in_time
from apps.common.errors import FieldProblem, InvalidState
from apps.posts.models import Post
from apps.site.services import get_site

Status = Comment.Status


def refuse_where_closed(post: Post) -> None:
    """Raises InvalidState for a post that takes no comments, ThreadLocked for one whose thread a moderator locked."""
    if not post.is_live:
        raise InvalidState("Only published posts take comments.")
    if post.comment_policy != Post.CommentPolicy.OPEN:
        raise InvalidState("Comments on this post are closed.")
    if post.thread_locked:
        raise ThreadLocked


def refuse_the_unwelcome(author: User, post: Post, parent: Comment | None) -> None:
    """Raises Silenced, NotWelcome and SlowMode."""
    refuse_the_silenced(author)
    _refuse_the_blocked(author, post, parent)
    _refuse_the_hasty(author, post)


def refuse_the_silenced(author: User) -> None:
    """Asked of the row as it now is: the caller's copy may be older than the decision."""
    until = User.objects.filter(pk=author.pk).values_list("silenced_until", flat=True).first()
    if until is not None and until > timezone.now():
        raise Silenced(until)


def refuse_late_edit(comment: Comment) -> None:
    """Raises EditWindowOver."""
    minutes = get_site().comment_edit_minutes
    if not is_in_time(comment, minutes):
        raise EditWindowOver(minutes)


def reply_target(post: Post, parent: Comment | None, *, is_import: bool) -> Comment | None:
    """The comment to hang a reply on: its own parent where the thread is as deep as it may get."""
    if parent is None:
        return None
    if parent.post_id != post.pk:
        raise FieldProblem("parent", "That comment belongs to another post.", code="foreign_parent")
    if not is_import:
        # As it now is: it may have been taken away since the caller looked at it, before the post was locked.
        status = Comment.objects.filter(pk=parent.pk).values_list("status", flat=True).first()
        if status != Status.VISIBLE:
            raise FieldProblem("parent", "That comment is not there any more; reply to another one.", code="gone")
    if parent.depth >= MAX_DEPTH:
        return Comment.objects.get(path=parent.path[:-PATH_STEP], post=post)
    return parent


def _refuse_the_blocked(author: User, post: Post, parent: Comment | None) -> None:
    """Nobody answers somebody who has blocked them: neither the author of the post nor that of the comment."""
    answered = parent.author_id if parent else None
    blockers = Block.objects.blockers_of(author, among=[post.author_id, answered])
    if post.author_id in blockers:
        raise NotWelcome("The author of this post has limited who may comment on it.")
    if answered in blockers:
        raise NotWelcome("The author of that comment has limited who may reply to it.")


def _refuse_the_hasty(author: User, post: Post) -> None:
    """In slow mode everybody waits between two comments, moderators aside. Those taken back count as well."""
    if not post.slow_mode_seconds or can_moderate(author):
        return
    pause = timedelta(seconds=post.slow_mode_seconds)
    recent = Comment.objects.filter(author=author, post=post, created_at__gt=timezone.now() - pause)
    last = recent.order_by("-id").values_list("created_at", flat=True).first()
    if last is not None:
        raise SlowMode(max(1, math.ceil((last + pause - timezone.now()).total_seconds())))
