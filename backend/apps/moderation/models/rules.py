"""Rules without code: what waits for a moderator before anybody sees it."""

from __future__ import annotations

from django.db import models
from django.db.models import F
from django.utils import timezone


class Rule(models.Model):
    """A rule that new comments are held against. Off until somebody turns it on."""

    class Kind(models.TextChoices):
        WORDS = "words"
        LINKS = "links"
        """To hosts on the list."""
        FIRST_COMMENTS = "first_comments", "first comments"
        NEW_WITH_LINKS = "new_with_links", "new accounts with links"
        RATE = "rate", "rate by trust"
        AKISMET = "akismet", "Akismet-compatible check"

    class Action(models.TextChoices):
        HOLD = "hold"
        SPAM = "spam"
        REFUSE = "refuse"

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=Kind)
    settings = models.JSONField(default=dict, blank=True)
    action = models.CharField(max_length=6, choices=Action, default=Action.HOLD)
    enabled = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = [F("id").asc()]

    def __str__(self) -> str:
        return self.name
