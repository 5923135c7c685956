"""What was decided, for good: rows are added and never changed, and each vouches for the one before."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

from apps.moderation.errors import LogIsAppendOnly
from apps.moderation.querysets import DecisionQuerySet


class Decision(models.Model):
    """A row of the log. It names subjects by their ids, so that it outlives them."""

    class Action(models.TextChoices):
        APPROVE = "approve"
        REMOVE = "remove"
        SPAM = "spam"
        DISMISS = "dismiss"
        """The reports were looked at, and nothing has to be done."""
        LOCK = "lock"
        UNLOCK = "unlock"
        SLOW = "slow"
        WARN = "warn"
        SILENCE = "silence"
        SUSPEND = "suspend"
        LIFT = "lift"
        """Ends a silence or suspension."""
        HOLD = "hold"
        """By a rule, before anybody saw it."""
        UNDO = "undo"
        UPHOLD = "uphold"
        """An appeal was looked at, and the decision stands."""
        OVERTURN = "overturn"
        """An appeal was right; the decision is taken back."""

    class Subject(models.TextChoices):
        POST = "post"
        COMMENT = "comment"
        PERSON = "person"

    number = models.PositiveBigIntegerField(unique=True)
    """1, 2, 3, … without a gap."""
    action = models.CharField(max_length=10, choices=Action)
    subject = models.CharField(max_length=8, choices=Subject)
    subject_id = models.BigIntegerField()
    person_id = models.BigIntegerField(null=True)
    """Whom it concerns: who wrote it, or who it is about."""
    moderator_id = models.BigIntegerField(null=True)
    """Who decided; null where a rule did."""
    case_id = models.BigIntegerField(null=True)
    answers = models.PositiveBigIntegerField(null=True)
    """The number of the decision that this one undoes, upholds or overturns."""
    reason = models.CharField(max_length=20, blank=True)
    """Of `Report.Reason`, or empty."""
    rule = models.CharField(max_length=80, blank=True)
    """The name of the rule that applied, as it was then."""
    note = models.TextField(max_length=1000, blank=True)
    """For the person concerned."""
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    """What of the subject changed: enough to rebuild its state from the log alone."""
    created_at = models.DateTimeField(default=timezone.now)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects: ClassVar[Any] = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(F("subject"), F("subject_id"), F("number").desc(), name="decision_subject"),
            models.Index(F("person_id"), F("number").desc(), name="decision_person"),
            models.Index(F("created_at"), name="decision_created"),
        ]

    def __str__(self) -> str:
        return f"decision {self.number}: {self.action} {self.subject} {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LogIsAppendOnly
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LogIsAppendOnly


class LogHead(models.Model):
    """Where the log ends: its newest number and hash, in the only row of this table. Whoever appends locks it, so that
    numbers have no gap, and it tells when the newest rows are missing."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


class Appeal(models.Model):
    """The person concerned asks for another look, once for each decision; another moderator decides."""

    class State(models.TextChoices):
        OPEN = "open"
        UPHELD = "upheld"
        OVERTURNED = "overturned"

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal")
    appellant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appeals")
    text = models.TextField(max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(F("state"), F("id"), name="appeal_open")]

    def __str__(self) -> str:
        return f"appeal against {self.decision_id}"
