"""What waits for a moderator."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.comments.models import Comment
from apps.moderation.models.rules import Rule
from apps.moderation.querysets import CaseQuerySet
from apps.posts.models import Post


class Case(models.Model):
    """One post, comment or person to look at: reported, or held by a rule. At most one is open for each."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, blank=True, related_name="cases")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="cases")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="cases"
    )
    rule = models.ForeignKey(Rule, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    """What held it, if a rule did."""
    report_count = models.PositiveIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, comment__isnull=True, person__isnull=True)
                | Q(post__isnull=True, comment__isnull=False, person__isnull=True)
                | Q(post__isnull=True, comment__isnull=True, person__isnull=False),
                name="case_is_about_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=[subject], name=f"case_{subject}_once", condition=Q(closed_at__isnull=True)
                )
                for subject in ("post", "comment", "person")
            ),
        ]
        indexes = [
            models.Index(F("id"), name="case_open", condition=Q(closed_at__isnull=True)),
            models.Index(F("closed_at"), name="case_closed"),
            models.Index(F("opened_at"), name="case_opened"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"


class Report(models.Model):
    """Somebody says that something should be looked at."""

    class Reason(models.TextChoices):
        SPAM = "spam"
        ABUSE = "abuse"
        OFF_TOPIC = "off_topic", "off topic"
        ILLEGAL = "illegal"
        OTHER = "other"

    class Outcome(models.TextChoices):
        OPEN = "open"
        UPHELD = "upheld"
        DECLINED = "declined"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=10, choices=Reason)
    detail = models.TextField(max_length=1000, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "reporter"], name="report_once")]
        indexes = [
            models.Index(F("reporter"), F("id").desc(), name="report_by_reporter"),
            models.Index(F("created_at"), name="report_created"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} by {self.reporter_id}"
