"""What the schema says of likes, the reading list and followed tags."""

from apps.common.schema import describe, operation
from apps.posts.serializers.taxonomy import TagSerializer
from apps.reactions import serializers as shapes

_ONCE = "Doing it twice is doing it once, and the answer is the same."

post_like = describe(
    put=operation(
        "like_post",
        "Like a post",
        shapes.LikeSerializer,
        description=f"{_ONCE} A post that is not public is a 422; of somebody who has blocked the caller, a 403.",
        errors=[422],
        tag="reactions",
        example={"liked": True, "like_count": 12},
    ),
    delete=operation(
        "unlike_post",
        "Take back liking a post",
        shapes.LikeSerializer,
        description="Not liking it any more is no error.",
        tag="reactions",
        example={"liked": False, "like_count": 11},
    ),
)

comment_like = describe(
    put=operation(
        "like_comment",
        "Like a comment",
        shapes.LikeSerializer,
        description=f"{_ONCE} A comment that is not shown is a 422; of somebody who has blocked the caller, a 403.",
        errors=[422],
        tag="reactions",
        example={"liked": True, "like_count": 3},
    ),
    delete=operation(
        "unlike_comment",
        "Take back liking a comment",
        shapes.LikeSerializer,
        description="Not liking it any more is no error.",
        tag="reactions",
        example={"liked": False, "like_count": 2},
    ),
)

bookmark = describe(
    put=operation(
        "bookmark_post",
        "Put a post on the reading list",
        shapes.BookmarkStateSerializer,
        description=f"Nobody else learns of it. {_ONCE}",
        errors=[422],
        tag="reactions",
        example={"bookmarked": True},
    ),
    delete=operation(
        "unbookmark_post",
        "Take a post off the reading list",
        shapes.BookmarkStateSerializer,
        description="Not being on it is no error.",
        tag="reactions",
        example={"bookmarked": False},
    ),
)

my_reactions = describe(
    get=operation(
        "get_my_reactions",
        "Read what one likes of a post and its thread",
        shapes.MyReactionsSerializer,
        description="Whether the caller likes the post, has it on the reading list, and which of its comments they "
        "like: the latest thousand. It is apart from the post and the thread, whose answers are everybody's.",
        tag="reactions",
        example={"liked": True, "bookmarked": False, "liked_comments": [7341, 7290]},
    )
)

bookmarks = describe(
    get=operation(
        "list_bookmarks",
        "Read one's reading list",
        shapes.BookmarkSerializer,
        description="What was put there last comes first. A post that the caller may not see (any more) is left out, "
        "and is there again when they may.",
        page=True,
        tag="me",
    )
)

tag_follow = describe(
    get=operation(
        "get_tag_follow",
        "See whether one follows a tag",
        shapes.TagFollowSerializer,
        tag="tags",
        example={"followed": False},
    ),
    put=operation(
        "follow_tag",
        "Follow a tag",
        None,
        description="The caller hears of new posts with it. Following twice is following once.",
        status=204,
        errors=[422],
        tag="tags",
    ),
    delete=operation(
        "unfollow_tag",
        "Stop following a tag",
        None,
        description="No longer following is no error.",
        status=204,
        tag="tags",
    ),
)

followed_tags = describe(
    get=operation(
        "list_followed_tags",
        "List the tags that one follows",
        TagSerializer,
        description="The latest first.",
        page=True,
        tag="me",
    )
)
