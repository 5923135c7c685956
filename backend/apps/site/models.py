"""The publication's own record."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from apps.site.validators import validate_address, validate_navigation

hex_colour = RegexValidator(r"^#[0-9a-fA-F]{6}\Z", "Write a colour as # and six hexadecimal digits, such as #7a1f2b.")


class Site(models.Model):
    """Name, description, logo and language, read by templates, mails and the SPA. There is exactly one row."""

    name = models.CharField(max_length=80, default="Byline")
    description = models.CharField(max_length=300, blank=True, default="A publication of our own.")
    logo_url = models.CharField("logo", max_length=500, blank=True, validators=[validate_address])
    icon_url = models.CharField("icon", max_length=500, blank=True, validators=[validate_address])
    """Square; for tabs, bookmarks, and the screens of phones."""
    share_image_url = models.CharField("picture for sharing", max_length=500, blank=True, validators=[validate_address])
    """Stands for what is shared and has no picture of its own."""
    navigation = models.JSONField(default=list, blank=True, validators=[validate_navigation])
    """`[{"label": "About", "url": "/pages/about"}, …]`, in order."""
    footer_text = models.TextField(max_length=600, blank=True)
    language = models.CharField(max_length=12, default="en")
    accent_color = models.CharField(max_length=7, default="#7a1f2b", validators=[hex_colour])
    registration_open = models.BooleanField(default=True)
    review_required = models.BooleanField(
        default=False, help_text="Authors submit their posts; editors publish them, or approve them for publishing."
    )
    comment_edit_minutes = models.PositiveSmallIntegerField(
        "minutes to edit a comment", default=60, help_text="How long a comment can be edited. 0 sets no limit."
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "site"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_site")]

    def __str__(self) -> str:
        return self.name
