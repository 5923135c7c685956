"""What the schema says of comments."""

from apps.comments import serializers as shapes
from apps.common.schema import describe, operation

thread = describe(
    list=operation(
        "list_comments",
        "Read the thread under a post",
        shapes.CommentSerializer,
        description=(
            "Flat and in reading order: a comment, then its replies, depth first. A page holds whole branches: at most "
            "`limit` roots, fewer where they are long, each followed by its first 30 descendants; `more_replies` of a "
            "root says how many are left, and `branch` (with `after`) reads them. `order` sorts the roots: `oldest`, "
            "`newest`, or `best`, most liked first; replies are always in the order in which they were written. "
            "`around` opens a permalink: the page begins with that comment’s branch, of which it holds the ancestors, "
            "the comment and up to 30 that follow. `since` lists what has arrived after a comment."
        ),
        page=True,
        public=True,
        tag="comments",
    ),
    create=operation(
        "create_comment",
        "Write a comment",
        shapes.CommentSerializer,
        description="Under the post, or in reply to `parent`. A reply below the deepest level joins its siblings. "
        "`@username` names somebody. A rule of the moderators may let it wait: its `status` is `pending` then. Refused "
        "with `thread_locked`, with `slow_mode` (a 429: `Retry-After` says when) and with `silenced`.",
        request=shapes.CommentCreateSerializer,
        status=201,
        idempotent=True,
        tag="comments",
        request_example={"body": "The second paragraph is *exactly* right."},
    ),
)

thread_status = describe(
    get=operation(
        "get_thread_status",
        "See whether a thread has changed",
        shapes.ThreadStatusSerializer,
        description="Made for asking every few seconds with `If-None-Match`: a 304 costs one query.",
        public=True,
        tag="comments",
        example={"comment_count": 128, "newest": 90210, "locked": False, "slow_mode_seconds": 0},
    )
)

mentionable = describe(
    get=operation(
        "list_mentionable",
        "Find people to name in a comment",
        shapes.MentionableSerializer,
        description="At most eight whose usernames begin with `q`, those who talk in this thread first; without `q`, "
        "these alone. Nobody is there whom the caller has blocked or who has blocked the caller.",
        tag="comments",
        example={"results": [{"username": "mina", "display_name": "Mina Park", "avatar_url": ""}]},
    )
)

comments = describe(
    retrieve=operation("get_comment", "Read one comment", shapes.CommentSerializer, public=True, tag="comments"),
    partial_update=operation(
        "update_comment",
        "Edit one's own comment",
        shapes.CommentSerializer,
        request=shapes.CommentWriteSerializer,
        if_match=True,
        errors=[422],
        description="Its author may, for as long as the site lets one (`edit_window_over` after that), moderators "
        "their own at any time. `edited_at` tells everybody; the former text is kept for moderators.",
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
    edits=operation(
        "list_comment_edits",
        "Read the former texts of a comment",
        shapes.CommentEditSerializer,
        description="For moderators, newest first.",
        page=True,
        tag="comments",
    ),
)
