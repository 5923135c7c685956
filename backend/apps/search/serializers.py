"""The shape of results."""

from typing import Any

from rest_framework import serializers

from apps.accounts.bylines import BylineSerializer, byline
from apps.comments.models import Comment
from apps.common.addresses import LONGEST_ADDRESS
from apps.common.serializers import OutputSerializer
from apps.posts.models import Post
from apps.posts.serializers.posts import PostSummarySerializer

MAX_HTML = 4000
RESULT_TYPES = [("post", "post"), ("comment", "comment")]


class FoundPostReferenceSerializer(OutputSerializer):
    """The post that a comment stands under."""

    slug = serializers.CharField(max_length=120)
    title = serializers.CharField(max_length=300, allow_blank=True)


class FoundCommentSerializer(OutputSerializer):
    """A comment that was found."""

    id = serializers.IntegerField(min_value=1)
    post = FoundPostReferenceSerializer()
    author = BylineSerializer(allow_null=True, help_text="Null for an imported guest.")
    guest_name = serializers.CharField(max_length=120, allow_blank=True)
    created_at = serializers.DateTimeField()
    url = serializers.CharField(max_length=LONGEST_ADDRESS, help_text="Where people read it.")


class SearchResultSerializer(OutputSerializer):
    """A post or a comment, with what matched. `title_html` and `snippet_html` are escaped texts in which `<mark>` is
    the only element."""

    type = serializers.ChoiceField(choices=RESULT_TYPES)
    post = PostSummarySerializer(allow_null=True)
    comment = FoundCommentSerializer(allow_null=True)
    title_html = serializers.CharField(max_length=MAX_HTML, allow_blank=True, help_text="Of the post in question.")
    snippet_html = serializers.CharField(max_length=MAX_HTML, allow_blank=True)


def represent_found_comment(comment: Comment, post: Post) -> dict[str, Any]:
    """The members of `FoundCommentSerializer`."""
    return {
        "id": comment.pk,
        "post": {"slug": post.slug, "title": post.title},
        "author": byline(comment.author) if comment.author else None,
        "guest_name": comment.guest_name,
        "created_at": comment.created_at,
        "url": f"{post.get_absolute_url()}#comment-{comment.pk}",
    }
