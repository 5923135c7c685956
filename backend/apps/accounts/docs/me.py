"""What the schema says of the caller's own account."""

from apps.accounts.serializers import me as shapes
from apps.common.schema import describe, operation

ME = {
    "id": 7,
    "username": "mina",
    "email": "mina@example.org",
    "email_verified": True,
    "display_name": "Mina Okafor",
    "bio": "Writes about maps.",
    "avatar_url": "",
    "website": "https://example.org",
    "language": "",
    "links": [{"label": "Maps I drew", "url": "https://maps.example.org/mina"}],
    "roles": ["author"],
    "permissions": ["write_posts"],
    "has_password": True,
    "has_second_factor": False,
    "second_factor_required": False,
    "deletion_due_at": None,
    "silenced_until": None,
    "post_count": 12,
    "comment_count": 40,
    "follower_count": 31,
    "created_at": "2026-01-31T12:00:00Z",
    "version": 3,
}

me = describe(
    get=operation("get_me", "Read one's own account", shapes.MeSerializer, tag="me", example=ME),
    patch=operation(
        "update_me",
        "Change one's own profile",
        shapes.MeSerializer,
        description="Changes what is sent and leaves the rest. An If-Match header is honoured but not required.",
        request=shapes.ProfileChangeSerializer,
        errors=[412],
        tag="me",
        example=ME,
        request_example={
            "display_name": "Mina Okafor",
            "website": "https://example.org",
            "links": [{"label": "Maps I drew", "url": "https://maps.example.org/mina"}],
        },
    ),
)
