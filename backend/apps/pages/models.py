"""Standing pages: About, Imprint and the like, at /pages/{slug}."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.common.addresses import address_of
from apps.common.slugs import UnicodeSlugField


class PageQuerySet(models.QuerySet["Page"]):
    def visible_to(self, user: Any) -> PageQuerySet:
        """Published pages; all of them for those who may edit pages."""
        if user is not None and user.is_authenticated and user.has_perm("pages.view_page"):
            return self
        return self.filter(status=Page.Status.PUBLISHED)


class Page(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"

    class BodyFormat(models.TextChoices):
        MARKDOWN = "markdown"
        HTML = "html"

    title = models.CharField(max_length=300)
    slug = UnicodeSlugField(max_length=120, unique=True)
    body = models.TextField(blank=True)
    body_format = models.CharField(max_length=10, choices=BodyFormat, default=BodyFormat.MARKDOWN)
    body_html = models.TextField(blank=True, editable=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED)
    in_navigation = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=12, default="en")
    version = models.PositiveIntegerField(default=1, editable=False)
    import_key = models.CharField(max_length=200, unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = PageQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["draft", "published"]), name="page_status_known"),
        ]
        indexes = [models.Index(fields=["status", "position"], name="page_navigation")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("pages", self.slug)
