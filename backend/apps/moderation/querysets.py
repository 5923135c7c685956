"""Reads of cases, reports and the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.db import models
from django.db.models import Exists, OuterRef, Q

from apps.moderation.errors import LogIsAppendOnly
from apps.posts.models import CoAuthor, Post

if TYPE_CHECKING:
    from apps.moderation.models import Case, Decision  # noqa: F401 - named in a base class


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> CaseQuerySet:
        return self.filter(closed_at__isnull=True)

    def closed(self) -> CaseQuerySet:
        return self.filter(closed_at__isnull=False)

    def for_moderator(self, user: Any) -> CaseQuerySet:
        """Those that this moderator may look at: not the ones about themselves or what they wrote, which would tell
        them who reported it; and of what stands under posts that they do not see, none."""
        others = self.exclude(person=user.pk).exclude(comment__author=user.pk).exclude(post__author=user.pk)
        others = others.exclude(Exists(CoAuthor.objects.filter(post=OuterRef("post_id"), user=user.pk)))
        return others.filter(Q(comment__isnull=True) | Q(comment__post__in=Post.objects.visible_to(user)))


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Rows are added by `services.log.append` alone; what would change or remove one raises LogIsAppendOnly."""

    def concerning(self, user: Any) -> DecisionQuerySet:
        """What the person is told: all that changed something for them. That reports were found wanting, and by whom
        they were made, is none of it."""
        unchanged = Q(action="approve", after={})
        return self.filter(person_id=user.pk).exclude(action="dismiss").exclude(unchanged)

    def update(self, **kwargs: Any) -> NoReturn:
        raise LogIsAppendOnly

    def delete(self) -> NoReturn:
        raise LogIsAppendOnly

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LogIsAppendOnly
