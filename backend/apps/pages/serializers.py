"""Shapes of pages."""

from typing import Any

from rest_framework import serializers

from apps.common.addresses import LONGEST_ADDRESS
from apps.common.markup import beginning_of
from apps.common.serializers import OutputSerializer
from apps.pages.models import Page


class PageSummarySerializer(OutputSerializer):
    """A standing page as lists show it."""

    slug = serializers.CharField(max_length=120)
    title = serializers.CharField(max_length=300)
    in_navigation = serializers.BooleanField()
    language = serializers.CharField(max_length=12)
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField(min_value=1)
    url = serializers.CharField(max_length=LONGEST_ADDRESS)

    def to_representation(self, instance: Page) -> dict[str, Any]:
        return {
            "slug": instance.slug,
            "title": instance.title,
            "in_navigation": instance.in_navigation,
            "language": instance.language,
            "updated_at": instance.updated_at,
            "version": instance.version,
            "url": instance.get_absolute_url(),
        }


class PageSerializer(PageSummarySerializer):
    """A standing page."""

    body = serializers.CharField(max_length=1_000_000, allow_blank=True)
    body_format = serializers.ChoiceField(choices=Page.BodyFormat.choices)
    body_html = serializers.CharField(max_length=4_000_000, allow_blank=True)
    description = serializers.CharField(max_length=600, allow_blank=True, help_text="The beginning of the text.")

    def to_representation(self, instance: Page) -> dict[str, Any]:
        return {
            **super().to_representation(instance),
            "body": instance.body,
            "body_format": instance.body_format,
            "body_html": instance.body_html,
            "description": beginning_of(instance.body_html),
        }
