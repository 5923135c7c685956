"""What other apps' doings mean for feeds and sitemaps."""

from typing import Any

from django.utils import timezone

from apps.common.models import Priority
from apps.common.outbox import subscribe
from apps.feeds.hub import note_news
from apps.feeds.services import touch_sitemap
from apps.posts.events import CHANGES


@subscribe(*CHANGES, priority=Priority.PATIENT)
def note_change(payload: dict[str, Any]) -> None:
    """Search engines learn from the index which file to look at again."""
    touch_sitemap(payload["post_id"], timezone.now())


@subscribe("posts.published", "posts.updated", priority=Priority.PATIENT)
def tell_of_news(payload: dict[str, Any]) -> None:
    """Whoever has subscribed to a feed at the hub hears of it."""
    note_news(payload)
