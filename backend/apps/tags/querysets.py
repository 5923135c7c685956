"""Reads of tags."""

from __future__ import annotations

from django.db import models


class TagQuerySet(models.QuerySet["Tag"]):
    def in_use(self) -> TagQuerySet:
        """Tags that published posts have. (One that only a post that came due seconds ago has follows in seconds.)"""
        return self.filter(post_count__gt=0)
