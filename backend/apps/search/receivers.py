"""What other apps' doings mean for the index."""

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver

from apps.accounts.models import User
from apps.accounts.scrubbing import DELETED
from apps.comments.models import Comment
from apps.common.models import Priority
from apps.common.outbox import record, subscribe
from apps.posts.events import APPEARANCES
from apps.posts.models import Post
from apps.search.models import PostEntry
from apps.search.services.indexing import in_batches, index_comments, index_comments_of, index_posts
from apps.search.vocabulary import forget_names

PERSON_CHANGED = "search.person_changed"
_NAMES = {"username", "display_name"}


@subscribe(*APPEARANCES, priority=Priority.PATIENT)
def index_post_and_thread(payload: dict[str, Any]) -> None:
    """A post appeared or disappeared, and its comments with it."""
    index_posts([payload["post_id"]])
    index_comments_of(payload["post_id"])


@subscribe("posts.updated", "posts.co_author_added", "posts.co_author_removed", priority=Priority.PATIENT)
def index_post(payload: dict[str, Any]) -> None:
    """A post reads otherwise. Its comments speak its language."""
    entry = PostEntry.objects.filter(post_id=payload["post_id"])
    before = entry.values_list("stemming", flat=True).first()
    index_posts([payload["post_id"]])
    if before is not None and before != entry.values_list("stemming", flat=True).first():
        index_comments_of(payload["post_id"])


@subscribe("comments.shown", "comments.hidden", "comments.edited", priority=Priority.PATIENT)
def index_comment(payload: dict[str, Any]) -> None:
    """A comment came, went or reads otherwise."""
    index_comments([payload["comment_id"]])


@subscribe("tags.saved", priority=Priority.PATIENT)
def index_tagged(payload: dict[str, Any]) -> None:
    """A tag has another name: so have the posts that carry it."""
    in_batches(Post.objects.live().filter(post_tags__tag_id=payload["tag_id"]), index_posts)


@subscribe(PERSON_CHANGED, DELETED, priority=Priority.PATIENT)
def index_work_of(payload: dict[str, Any]) -> None:
    """Somebody has another name, or none any more."""
    pk = payload["user_id"]
    in_batches(Post.objects.live().filter(Q(author=pk) | Q(pk__in=_shared_with(pk))), index_posts)
    in_batches(Comment.objects.filter(author=pk, status=Comment.Status.VISIBLE), index_comments)
    forget_names()


def _shared_with(user_id: int) -> Any:
    return Post.objects.filter(co_author_links__user=user_id).values("pk")


@receiver(post_save, sender=User)
def notice_name(instance: User, created: bool, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    """Names are changed in several places; all of them save the account."""
    has_work = instance.post_count or instance.comment_count
    if not created and has_work and (update_fields is None or _NAMES & update_fields):
        record(PERSON_CHANGED, {"user_id": instance.pk})
