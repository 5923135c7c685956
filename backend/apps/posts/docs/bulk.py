"""What the schema says of one action on many posts."""

from apps.common.schema import describe, operation
from apps.posts.serializers import bulk as shapes

post_actions = describe(
    post=operation(
        "act_on_posts",
        "Do the same with many posts",
        shapes.PostActionResultsSerializer,
        description=(
            "Each post is dealt with by itself, at the version that the caller saw: what cannot be done with "
            "one does not keep the others from it. The answer tells them apart, in the order of the request."
        ),
        request=shapes.PostActionSerializer,
        tag="posts",
        request_example={"action": "archive", "posts": [{"slug": "the-quiet-tools", "version": 2}]},
    ),
)
