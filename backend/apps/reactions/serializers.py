"""Shapes of likes, the reading list and followed tags."""

from rest_framework import serializers

from apps.common.serializers import OutputSerializer
from apps.posts.serializers.posts import PostSummarySerializer

MAX_LIKED_COMMENTS = 1000
"""Comments of one thread that are named as liked."""


class LikeSerializer(OutputSerializer):
    """Whether the caller likes it now, and how many people do."""

    liked = serializers.BooleanField()
    like_count = serializers.IntegerField(min_value=0)


class BookmarkStateSerializer(OutputSerializer):
    """Whether the post is on the caller's reading list now."""

    bookmarked = serializers.BooleanField()


class TagFollowSerializer(OutputSerializer):
    """Whether the caller follows the tag."""

    followed = serializers.BooleanField()


class MyReactionsSerializer(OutputSerializer):
    """The caller's own signs on a post and in its thread."""

    liked = serializers.BooleanField()
    bookmarked = serializers.BooleanField()
    liked_comments = serializers.ListField(
        child=serializers.IntegerField(min_value=1),
        max_length=MAX_LIKED_COMMENTS,
        help_text="Ids of shown comments, the latest liked first.",
    )


class BookmarkSerializer(OutputSerializer):
    """A post on the reading list."""

    post = PostSummarySerializer()
    bookmarked_at = serializers.DateTimeField()
