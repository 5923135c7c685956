"""Reads of tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from apps.tags.models import Tag  # noqa: F401 - names the model in the generic base


class TagQuerySet(models.QuerySet["Tag"]):
    def in_use(self) -> TagQuerySet:
        """Tags that published posts have. (One that only a post that came due seconds ago has follows in seconds.)"""
        return self.filter(post_count__gt=0)
