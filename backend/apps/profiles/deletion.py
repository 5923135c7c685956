"""Deleting accounts whose time has come: what was written first, a piece at a time, the person last, all at once.

Each step can be repeated, so that whatever interrupts it, the next run carries on. From the first step on nobody can
sign in to the account, and nothing new can be written with it.
"""

import structlog
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from apps.accounts.leaving import Fate
from apps.accounts.models import User
from apps.accounts.scrubbing import close_account, scrub_account
from apps.comments.models import Comment
from apps.comments.services import CommentGone, delete_comment, forget_traces
from apps.media.services import remove_avatar
from apps.moderation.leaving import forget_moderation
from apps.notifications.leaving import forget_notifications
from apps.posts.errors import PostGone
from apps.posts.models import Post, Presence, ReviewNote
from apps.posts.querysets import LIVE_STATUSES
from apps.posts.services import delete_post
from apps.posts.services.co_authors import leave_all_posts
from apps.profiles.exports import forget_exports
from apps.profiles.models import Export
from apps.reactions.services import forget_reactions

logger = structlog.get_logger(__name__)


def due_accounts() -> list[User]:
    """Those whose time has come, the longest due first."""
    due = User.objects.filter(deletion_due_at__lte=timezone.now(), deleted_at__isnull=True)
    return list(due.order_by("deletion_due_at", "pk"))


def delete_account(user: User) -> None:
    """Carry out what the owner chose. Deleting an account that is deleted, or not due, changes nothing."""
    with transaction.atomic():
        account = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if account.deleted_at is not None or account.deletion_due_at is None:
            return
        if account.deletion_due_at > timezone.now():
            return
        close_account(account)
    if account.deletion_choice.get("comments") == Fate.REMOVE:
        _remove_comments(account)
        _remove_review_notes(account)
    leave_all_posts(account)
    forget_reactions(account)
    forget_notifications(account)
    forget_traces(account)
    forget_moderation(account)
    _remove_posts(account, published_too=account.deletion_choice.get("posts") == Fate.REMOVE)
    remove_avatar(user=account)
    Presence.objects.filter(user=account).delete()
    with transaction.atomic():
        forget_exports(Export.objects.filter(user=account))
        _forget_log_entries(Comment, [*Comment.objects.filter(author=account).values_list("pk", flat=True)])
        scrub_account(account)
    logger.info("accounts.deleted", user_id=account.pk)


def _remove_posts(account: User, *, published_too: bool) -> None:
    """Drafts, scheduled posts and archived ones with `published_too` alone go; so does what the admin's log says."""
    posts = Post.objects.filter(author=account)
    if not published_too:
        kept = Q(status__in=LIVE_STATUSES, published_at__lte=timezone.now()) | Q(status=Post.Status.ARCHIVED)
        posts = posts.exclude(kept)
    ids = list(posts.order_by("pk").values_list("pk", flat=True))
    _forget_log_entries(Post, ids)
    for post in posts.filter(pk__in=ids).order_by("pk").only("pk").iterator(chunk_size=200):
        try:
            delete_post(post=post)
        except PostGone:  # somebody was quicker
            continue


def _remove_comments(account: User) -> None:
    """Take back what readers see, with its place in the thread where answers hang on it, and wipe the rest, also
    where moderators had kept it."""
    comments = Comment.objects.filter(author=account).exclude(status=Comment.Status.DELETED)
    for comment in comments.order_by("pk").only("pk", "post_id").iterator(chunk_size=200):
        try:
            delete_comment(comment=comment)
        except CommentGone:
            continue


def _remove_review_notes(account: User) -> None:
    """Remarks on drafts go; of the steps of reviews, which others' work hangs on, the words."""
    notes = ReviewNote.objects.filter(author=account)
    notes.filter(kind=ReviewNote.Kind.REMARK).delete()
    notes.update(body="", quote="")


def _forget_log_entries(model: type[Model], ids: list[int]) -> None:
    """The admin's log repeats titles and names."""
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
    for start in range(0, len(ids), 500):
        some = [str(pk) for pk in ids[start : start + 500]]
        entries.filter(object_id__in=some).update(object_repr=f"a deleted account’s {model._meta.verbose_name}")
