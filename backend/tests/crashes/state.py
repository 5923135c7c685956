"""What the database says of a post, and what followed from its events."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.db.models import Q

from apps.accounts.models import User
from apps.common import outbox
from apps.common.models import OutboxMessage
from apps.posts.models import ArchiveMonth, Post, PostSlug, PostTag, Revision, WorkingCopy
from apps.tags.models import Category, Tag

State = dict[str, Any]
ANNOUNCED = "tests.announced"
_TIMES = {"published_at", "updated_at", "created_at", "trashed_at"}


def state_of(post: Post) -> State:
    """Everything that a step may change, in a shape that is the same for every post of the same history: times only
    as being there, and nothing of how far the outbox is."""
    row = Post.objects.filter(pk=post.pk).values().get()
    columns = {name: bool(value) if name in _TIMES else value for name, value in row.items()}
    for name in ("id", "author_id", "category_id"):
        del columns[name]
    events = OutboxMessage.objects.filter(payload__post_id=post.pk).exclude(event=ANNOUNCED)
    # An event has a row for each of its subscribers; of those of publishing, ours is looked at.
    events = events.exclude(Q(event="posts.published") & ~Q(subscriber=ANNOUNCED))
    return {
        **columns,
        "slugs": sorted(PostSlug.objects.filter(post=post).values_list("slug", flat=True)),
        "tags": [
            (slug, position, time is not None)
            for slug, position, time in PostTag.objects.filter(post=post)
            .order_by("position")
            .values_list("tag__slug", "position", "published_at")
        ],
        "tag counts": dict(Tag.objects.order_by("slug").values_list("slug", "post_count")),
        "category counts": dict(Category.objects.values_list("slug", "post_count")),
        "author's count": User.objects.get(pk=post.author_id).post_count,
        "months": sorted(ArchiveMonth.objects.filter(post_count__gt=0).values_list("post_count", flat=True)),
        "events": Counter(events.values_list("event", flat=True)),
        "revisions": list(Revision.objects.filter(post=post).order_by("number").values_list("number", "kind")),
        "working copy": list(WorkingCopy.objects.filter(post=post).values_list("version", "base_version")),
    }


def clear() -> None:
    """Back to an empty publication."""
    OutboxMessage.objects.all().delete()
    Post.objects.all().delete()
    Tag.objects.all().delete()
    ArchiveMonth.objects.all().delete()
    Category.objects.update(post_count=0)
    User.objects.all().delete()


class Announcements:
    """A subscriber that does something in the world (a file) and in the database (a row) when a post is published.

    It keeps to what every subscriber is asked for: doing it again changes nothing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        outbox.subscribe("posts.published", name=ANNOUNCED)(self.announce)

    def announce(self, payload: dict[str, Any]) -> None:
        """Runs in the processes that are killed."""
        post_id = payload["post_id"]
        with (self.folder / f"{post_id}.attempts").open("a") as attempts:
            attempts.write("tried\n")
        if not OutboxMessage.objects.filter(event=ANNOUNCED, payload__post_id=post_id).exists():
            outbox.record(ANNOUNCED, {"post_id": post_id})
        try:
            (self.folder / f"{post_id}.done").open("x").close()
        except FileExistsError:
            return

    def effects(self, post: Post) -> tuple[int, int]:
        """How many files and rows there are."""
        rows = OutboxMessage.objects.filter(event=ANNOUNCED, payload__post_id=post.pk).count()
        return len(list(self.folder.glob(f"{post.pk}.done"))), rows

    def attempts(self, post: Post) -> int:
        """How often it was carried out, or begun."""
        path = self.folder / f"{post.pk}.attempts"
        return len(path.read_text().splitlines()) if path.exists() else 0
