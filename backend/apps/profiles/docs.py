"""What the schema says of profiles."""

from drf_spectacular.utils import OpenApiParameter

from apps.common.schema import describe, operation
from apps.profiles.serializers import UserSerializer

_EXAMPLE = {
    "username": "mina",
    "display_name": "Mina Okafor",
    "bio": "Writes about maps.",
    "avatar_url": "",
    "website": "https://example.org",
    "post_count": 12,
    "comment_count": 40,
    "created_at": "2026-01-31T12:00:00Z",
    "url": "https://publication.example/authors/mina",
}
_USERNAME = OpenApiParameter("username", str, OpenApiParameter.PATH, description="In any case.")

users = describe(
    list=operation(
        "list_users",
        "List the authors",
        UserSerializer,
        description="Accounts with at least one published post.",
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
        description="What everybody may know of a person. Deactivated accounts have no profile.",
        public=True,
        errors=[401],
        tag="users",
        example=_EXAMPLE,
        parameters=[_USERNAME],
    ),
)
