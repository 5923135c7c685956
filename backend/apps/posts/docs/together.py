"""What the schema says of co-authors and presence."""

from drf_spectacular.utils import OpenApiParameter

from apps.common.schema import describe, operation
from apps.posts.serializers import together as shapes

_USERNAME = OpenApiParameter("username", str, OpenApiParameter.PATH, description="In any case.")
_TAB = {"tab": "3f9a1c07d2b84e55"}

co_authors = describe(
    put=operation(
        "add_co_author",
        "Add a co-author to a post",
        None,
        description="By its author and editors. The person, who must be allowed to write posts, may read, edit and "
        "publish the post from now on, and is named with it; ten at most. Some people cannot be added to some posts: "
        "403. Adding twice is adding once. The post's version stays.",
        status=204,
        errors=[422],
        tag="together",
        parameters=[_USERNAME],
    ),
    delete=operation(
        "remove_co_author",
        "Take a co-author off a post",
        None,
        description="By its author and editors; a co-author can leave. No longer being on it is no error.",
        status=204,
        tag="together",
        parameters=[_USERNAME],
    ),
)

presence = describe(
    put=operation(
        "note_presence",
        "Say that one has a post open, and see who else has",
        shapes.PresenceSerializer,
        description="For those who may edit the post. An editor calls this every 20 seconds for each of its tabs; a "
        "tab that is not heard of for 60 seconds is forgotten.",
        request=shapes.TabSerializer,
        tag="together",
        request_example=_TAB,
        example={
            "others": [
                {
                    "user": {"username": "mina", "display_name": "Mina Okafor", "avatar_url": ""},
                    "opened_at": "2026-01-31T12:00:00Z",
                    "tabs": 1,
                }
            ],
            "own_tabs": 1,
        },
    ),
    delete=operation(
        "end_presence",
        "Say that one has closed a post",
        None,
        request=shapes.TabSerializer,
        status=204,
        tag="together",
        request_example=_TAB,
    ),
)
