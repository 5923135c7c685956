"""Shapes of tags, categories, the archive, and the preview of Markdown."""

from rest_framework import serializers

from apps.common.serializers import InputSerializer, OutputSerializer
from apps.posts.models import Post
from apps.posts.serializers.posts import MAX_BODY


class ArchiveMonthSerializer(OutputSerializer):
    """A month (UTC) and how many posts were published in it."""

    year = serializers.IntegerField(min_value=1, max_value=9999)
    month = serializers.IntegerField(min_value=1, max_value=12)
    post_count = serializers.IntegerField(min_value=1)


class TagSerializer(OutputSerializer):
    slug = serializers.CharField(max_length=80)
    name = serializers.CharField(max_length=60)
    description = serializers.CharField(max_length=300, allow_blank=True)
    post_count = serializers.IntegerField(min_value=0)


class CategorySerializer(OutputSerializer):
    slug = serializers.CharField(max_length=80)
    name = serializers.CharField(max_length=60)
    description = serializers.CharField(max_length=300, allow_blank=True)
    parent = serializers.CharField(  # type: ignore[assignment]
        max_length=80, allow_null=True, help_text="Slug of the category above."
    )
    depth = serializers.IntegerField(min_value=0, max_value=10)
    post_count = serializers.IntegerField(min_value=0, help_text="In this category and all below it.")


class PreviewRequestSerializer(InputSerializer):
    """Text to try out."""

    body = serializers.CharField(max_length=MAX_BODY, allow_blank=True, trim_whitespace=False)
    format = serializers.ChoiceField(choices=Post.BodyFormat.choices, default=Post.BodyFormat.MARKDOWN)
    purpose = serializers.ChoiceField(choices=[("post", "post"), ("comment", "comment")], default="post")


class PreviewSerializer(OutputSerializer):
    body_html = serializers.CharField(max_length=4 * MAX_BODY, allow_blank=True)
