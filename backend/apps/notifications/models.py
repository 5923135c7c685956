"""The inbox, and how each person wants to be told."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.comments.models import Comment
from apps.notifications.querysets import NotificationQuerySet
from apps.posts.models import Post


class Kind(models.TextChoices):
    REPLY = "reply"
    """To one's comment, or a comment under one's post."""
    MENTION = "mention"
    WEBMENTION = "webmention"
    """Of one's post, by a page elsewhere. Nobody here did it: what names the site is the comment that stands for it."""
    LIKE = "like"
    POST = "post"
    """By somebody, or with a tag, that one follows."""
    DECISION = "decision"
    """Of moderators, about what one wrote or about oneself."""
    REPORT = "report"
    """What became of something that one reported, or appealed against."""


class Notification(models.Model):
    """One line of somebody's inbox. What it is about is looked at again whenever it is shown."""

    class Mail(models.TextChoices):
        NONE = "none"
        NOW = "now"
        DIGEST = "digest"
        SENT = "sent"

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=10, choices=Kind)
    group = models.CharField(max_length=120, editable=False)
    """What it is about, so that the same event never comes twice, and likes of one thing come together."""
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="+")
    in_inbox = models.BooleanField(default=True)
    """Whether the recipient wanted this kind here when it came; otherwise it is for the mail alone."""
    data = models.JSONField(default=dict, blank=True)
    """What else there is to say; no text of anybody else that could be removed later."""
    mail = models.CharField(max_length=6, choices=Mail, default=Mail.NONE)
    mailed_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    happened_at = models.DateTimeField(default=timezone.now, editable=False)
    """Of the newest thing that it tells."""
    read_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "group"], name="notification_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="notification_kind_known"),
        ]
        indexes = [
            models.Index(
                F("recipient"),
                F("happened_at").desc(),
                F("id").desc(),
                name="notification_inbox",
                condition=Q(in_inbox=True),
            ),
            models.Index(
                F("recipient"),
                F("id").desc(),
                name="notification_unread",
                condition=Q(in_inbox=True, read_at__isnull=True),
            ),
            models.Index(F("group"), name="notification_group"),
            models.Index(F("mail"), F("id"), name="notification_mail", condition=Q(mail__in=["now", "digest"])),
        ]

    def __str__(self) -> str:
        return f"{self.group} for {self.recipient_id}"


class Actor(models.Model):
    """Who did what a notification tells: one person, or everybody whose likes it gathers.

    Of a new post nothing stands here: it was its author.
    """

    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="actors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["notification", "person"], name="notification_actor_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.notification_id}"


class Preference(models.Model):
    """How one person wants to hear of one kind. Without a row, the defaults of the kind apply."""

    class Mail(models.TextChoices):
        NONE = "none"
        NOW = "now"
        DAILY = "daily"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_preferences"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    web = models.BooleanField(default=True)
    mail = models.CharField(max_length=5, choices=Mail, default=Mail.NONE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"
