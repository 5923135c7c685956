"""What the schema says of leaving."""

from apps.accounts.docs.me import ME
from apps.accounts.serializers.leaving import DeletionSerializer
from apps.accounts.serializers.me import MeSerializer
from apps.common.schema import describe, operation

delete_me = operation(
    "delete_me",
    "Delete one's own account",
    MeSerializer,
    description="Sets the time at which the account will be deleted, two weeks ahead unless the publication chose "
    "otherwise. Until then profile, posts and comments stay as they are, and `POST /me/keep` undoes it. All other "
    "sessions end at once, API tokens are revoked, and a mail says how to undo it. Published posts and comments are "
    "kept under a name that says nothing, or removed; drafts are removed. Needs a recent confirmation. The last "
    "superuser cannot leave (422).",
    request=DeletionSerializer,
    status=202,
    errors=[422],
    tag="me",
    example={**ME, "deletion_due_at": "2026-12-05T12:00:00Z"},
    request_example={"posts": "keep", "comments": "remove"},
)

keep = describe(
    post=operation(
        "keep_me",
        "Keep one's own account",
        MeSerializer,
        description="Undoes `DELETE /me`. Where no deletion was asked for, nothing changes.",
        errors=[422],
        tag="me",
        example=ME,
    )
)
