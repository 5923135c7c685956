"""Telling a WebSub hub that feeds have changed (https://www.w3.org/TR/websub/), where the operator has named one."""

from datetime import timedelta
from typing import Any

from django.conf import settings

from apps.common.addresses import path_of
from apps.common.fetching import FetchFailed, fetch
from apps.common.models import Priority
from apps.common.outbox import record, subscribe
from apps.feeds.addresses import absolute
from apps.feeds.entries import KINDS
from apps.posts.models import Post

PING = "feeds.changed"
PAUSE = timedelta(seconds=20)
"""Until copies of the feeds on the way are older than they may get: the hub fetches at once when it is told."""


def topics_of(post: Post) -> list[str]:
    """Addresses of the feeds that the post is in."""
    people = [post.author, *post.co_authors]
    places = ["", *(path_of("tags", slug) for slug, _ in post.shown_tags)]
    if post.category:
        places.append(path_of("categories", post.category.slug))
    places += [path_of("authors", person.username) for person in people]
    return [absolute(f"{place}/feed.{kind}") for place in places for kind in KINDS]


def note_news(payload: dict[str, Any]) -> None:
    """Have the hub told soon, if there is one and readers can see what changed. For subscribers of posts' events."""
    if settings.WEBSUB_HUB and not payload.get("imported"):
        record(PING, {"post_id": payload["post_id"]}, delay=PAUSE)


@subscribe(PING, priority=Priority.PATIENT)
def tell_hub(payload: dict[str, Any]) -> None:
    """Say which feeds are new; the outbox repeats it later where the hub is away. Twice is no harm."""
    post = Post.objects.live().filter(pk=payload["post_id"]).select_related("author", "category").first()
    if post is None or not settings.WEBSUB_HUB:
        return
    form = [("hub.mode", "publish"), *(("hub.url", topic) for topic in topics_of(post))]
    answer = fetch(settings.WEBSUB_HUB, form=form, trusted=True)
    if not answer.is_ok:
        raise FetchFailed(f"the hub answered {answer.status}")
