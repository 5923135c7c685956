"""Reads of posts. `visible_to` is the one rule of who sees what; every list, count and detail goes through it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, FilteredRelation, Prefetch, Q
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

    def waiting(self) -> PostQuerySet:
        """Scheduled posts whose time is still to come."""
        return self.filter(status="scheduled", published_at__gt=timezone.now())

    def visible_to(self, user: Any) -> PostQuerySet:
        """Live posts, one's own, and all of them for those who may edit any."""
        if user is None or not user.is_authenticated:
            return self.live()
        if user.has_perm("posts.view_post"):
            return self
        return self.filter(Q(status__in=LIVE_STATUSES, published_at__lte=timezone.now()) | Q(author_id=user.pk))

    def with_relations(self) -> PostQuerySet:
        """Author, category and tags: two queries whatever the number of rows."""
        from apps.posts.models import PostTag

        links = PostTag.objects.select_related("tag").order_by("position", "id")
        return self.select_related("author", "category").prefetch_related(Prefetch("post_tags", queryset=links))

    def for_list(self, *, with_body: bool = False) -> PostQuerySet:
        """As a list shows them: with relations, and without the bodies unless they are asked for."""
        posts = self.with_relations().defer("author__password", "author__bio", "author__email")
        return posts if with_body else posts.defer("body", "body_html")

    def tagged(self, tag_id: int) -> PostQuerySet:
        """Live posts with the tag. Order them by `listed_at` and `listed_id`, copies of the publication time and the
        id that one index holds for each tag. (As annotations, since filters would each join the table anew.)"""
        link = FilteredRelation("post_tags", condition=Q(post_tags__tag_id=tag_id))
        listed = self.alias(link=link).alias(listed_at=F("link__published_at"), listed_id=F("link__post_id"))
        return listed.filter(listed_at__lte=timezone.now())

    def by(self, author: User) -> PostQuerySet:
        return self.filter(author=author)

    def in_period(self, year: int, month: int | None = None) -> PostQuerySet:
        """Published in that year, or that month of it (UTC)."""
        start = datetime(year, month or 1, 1, tzinfo=UTC)
        end = datetime(year + (month in {None, 12}), 1 if month in {None, 12} else (month or 0) + 1, 1, tzinfo=UTC)
        return self.filter(published_at__gte=start, published_at__lt=end)
