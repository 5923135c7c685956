"""What the schema says of profiles."""

from drf_spectacular.utils import OpenApiParameter

from apps.common.schema import describe, operation
from apps.posts.serializers.posts import PostSummarySerializer
from apps.profiles.serializers import UserSerializer

_EXAMPLE = {
    "username": "mina",
    "display_name": "Mina Okafor",
    "bio": "Writes about maps.",
    "avatar_url": "",
    "website": "https://example.org",
    "links": [{"label": "Maps I drew", "url": "https://maps.example.org/mina"}],
    "post_count": 12,
    "comment_count": 40,
    "follower_count": 31,
    "created_at": "2026-01-31T12:00:00Z",
    "url": "https://publication.example/authors/mina",
}
_USERNAME = OpenApiParameter("username", str, OpenApiParameter.PATH, description="In any case.")

users = describe(
    list=operation(
        "list_users",
        "List the authors",
        UserSerializer,
        description="Accounts with at least one published post. "
        "`include=relation` adds whether the caller follows or has blocked each.",
        page=True,
        public=True,
        errors=[401],
        tag="users",
        example={"results": [_EXAMPLE], "next": None, "previous": None},
    ),
    retrieve=operation(
        "get_user",
        "Read a profile",
        UserSerializer,
        description="What everybody may know of a person. Deactivated accounts have no profile. "
        "`include=relation` adds whether the caller follows or has blocked them.",
        public=True,
        errors=[401],
        tag="users",
        example=_EXAMPLE,
        parameters=[_USERNAME],
    ),
)

_PEOPLE = {"results": [_EXAMPLE], "next": None, "previous": None}

follow = describe(
    put=operation(
        "follow_user",
        "Follow somebody",
        None,
        description="What they publish from now on, and what they have published, is in the caller's feed. Following "
        "twice is following once. Oneself, and somebody whom one has blocked, is a 422; some people cannot be followed "
        "from some accounts: 403.",
        status=204,
        errors=[422],
        tag="users",
        parameters=[_USERNAME],
    ),
    delete=operation(
        "unfollow_user",
        "Stop following somebody",
        None,
        description="No longer following is no error.",
        status=204,
        tag="users",
        parameters=[_USERNAME],
    ),
)

block = describe(
    put=operation(
        "block_user",
        "Block somebody",
        None,
        description="Neither follows the other any more, and the blocked person can neither comment under the caller's "
        "posts nor reply to the caller's comments. They are not told. Oneself is a 422.",
        status=204,
        errors=[422],
        tag="users",
        parameters=[_USERNAME],
    ),
    delete=operation(
        "unblock_user",
        "Unblock somebody",
        None,
        description="The follows that the block ended do not come back.",
        status=204,
        tag="users",
        parameters=[_USERNAME],
    ),
)

following = describe(
    get=operation(
        "list_following",
        "List whom one follows",
        UserSerializer,
        description="The latest first. Deactivated accounts are left out.",
        page=True,
        tag="me",
        example=_PEOPLE,
    )
)

blocks = describe(
    get=operation(
        "list_blocks",
        "List whom one has blocked",
        UserSerializer,
        description="The latest first. Deactivated accounts are left out.",
        page=True,
        tag="me",
        example=_PEOPLE,
    )
)

feed = describe(
    get=operation(
        "get_feed",
        "Read one's own feed",
        PostSummarySerializer,
        description="Public posts by the people whom the caller follows, newest first, in the shape of the list of "
        "posts.",
        page=True,
        tag="me",
    )
)
