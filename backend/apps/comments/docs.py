"""What the schema says of comments."""

from apps.comments import serializers as shapes
from apps.common.schema import describe, operation

thread = describe(
    list=operation(
        "list_comments",
        "Read the thread under a post",
        shapes.CommentSerializer,
        description=(
            "Flat and in reading order: a comment, then its replies, depth first. `order` puts the oldest or the "
            "newest conversations first; replies within one are always in the order in which they were written."
        ),
        page=True,
        public=True,
        tag="comments",
    ),
    create=operation(
        "create_comment",
        "Write a comment",
        shapes.CommentSerializer,
        description="Under the post, or in reply to `parent`. A reply below the deepest level joins its siblings.",
        request=shapes.CommentCreateSerializer,
        status=201,
        idempotent=True,
        tag="comments",
        request_example={"body": "The second paragraph is *exactly* right."},
    ),
)

comments = describe(
    retrieve=operation("get_comment", "Read one comment", shapes.CommentSerializer, public=True, tag="comments"),
    partial_update=operation(
        "update_comment",
        "Edit one's own comment",
        shapes.CommentSerializer,
        request=shapes.CommentWriteSerializer,
        if_match=True,
        tag="comments",
        request_example={"body": "The second paragraph is *almost* right."},
    ),
    destroy=operation(
        "delete_comment",
        "Delete a comment",
        None,
        description="Its author takes it back, a moderator removes it. Its place stays while replies hang on it.",
        status=204,
        if_match=True,
        errors=[422],
        tag="comments",
    ),
)
