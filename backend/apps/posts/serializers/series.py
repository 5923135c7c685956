"""Shapes of series, and of what to read after a post."""

from rest_framework import serializers

from apps.common.serializers import OutputSerializer
from apps.posts.further_reading import RELATED
from apps.posts.serializers.posts import PostSummarySerializer
from apps.posts.services.series import MAX_PARTS


class SeriesSerializer(OutputSerializer):
    slug = serializers.CharField(max_length=80)
    title = serializers.CharField(max_length=120)
    description = serializers.CharField(max_length=600, allow_blank=True)
    post_count = serializers.IntegerField(min_value=0, help_text="Parts that everybody may read.")


class PartSerializer(OutputSerializer):
    slug = serializers.CharField(max_length=120)
    title = serializers.CharField(max_length=300, allow_blank=True)


class PartsSerializer(OutputSerializer):
    """A series with the parts that everybody may read, in order."""

    slug = serializers.CharField(max_length=80)
    title = serializers.CharField(max_length=120)
    posts = PartSerializer(many=True, max_length=MAX_PARTS)  # type: ignore[call-arg]


class FurtherReadingSerializer(OutputSerializer):
    """What to read after a post."""

    previous = PostSummarySerializer(allow_null=True, help_text="Published before it.")
    next = PostSummarySerializer(allow_null=True, help_text="Published after it.")
    series = PartsSerializer(allow_null=True)
    related = PostSummarySerializer(  # type: ignore[call-arg]
        many=True, max_length=RELATED, help_text="What has most in common with it, first."
    )
