"""Reads of posts. `visible_to` is the one rule of who sees what; every list, count and detail goes through it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

if TYPE_CHECKING:
    from apps.accounts.models import User

LIVE_STATUSES = ("published", "scheduled")
"""With `published_at` in the past, both are visible: no job has to run for a scheduled post to appear."""


class PostQuerySet(models.QuerySet["Post"]):
    def live(self) -> PostQuerySet:
        """Posts that everybody may read now."""
        return self.filter(status__in=LIVE_STATUSES, published_at__lte=timezone.now())

    def due(self) -> PostQuerySet:
        """Scheduled posts whose time has come but whose status has not been settled yet."""
        return self.filter(status="scheduled", published_at__lte=timezone.now())

    def visible_to(self, user: Any) -> PostQuerySet:
        """Live posts, one's own, and all of them for those who may edit any."""
        if user is None or not user.is_authenticated:
            return self.live()
        if user.has_perm("posts.view_post"):
            return self
        return self.filter(
            Q(status__in=LIVE_STATUSES, published_at__lte=timezone.now()) | Q(author_id=user.pk)
        )

    def with_relations(self) -> PostQuerySet:
        """Author, category and tags: two queries whatever the number of rows."""
        from apps.tags.models import Tag

        return self.select_related("author", "category").prefetch_related(
            Prefetch(
                "tags", queryset=Tag.objects.only("id", "slug", "name").order_by("post_tags__position", "id")
            )
        )

    def for_list(self, *, with_body: bool = False) -> PostQuerySet:
        """As a list shows them: with relations, and without the bodies unless they are asked for."""
        posts = self.with_relations().defer("author__password", "author__bio", "author__email")
        return posts if with_body else posts.defer("body", "body_html")

    def tagged(self, tag_id: int) -> PostQuerySet:
        """Live posts with the tag; order them by `post_tags__published_at`, which the index over both covers."""
        return self.filter(post_tags__tag_id=tag_id, post_tags__published_at__lte=timezone.now())

    def by(self, author: User) -> PostQuerySet:
        return self.filter(author=author)

    def in_period(self, year: int, month: int | None = None) -> PostQuerySet:
        """Published in that year, or that month of it (UTC)."""
        start = datetime(year, month or 1, 1, tzinfo=UTC)
        end = datetime(
            year + (month in {None, 12}), 1 if month in {None, 12} else (month or 0) + 1, 1, tzinfo=UTC
        )
        return self.filter(published_at__gte=start, published_at__lt=end)
