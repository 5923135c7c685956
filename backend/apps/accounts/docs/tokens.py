"""What the schema says of personal API tokens."""

from apps.accounts.serializers import tokens as shapes
from apps.common.schema import describe, operation

_TOKEN = {
    "id": 3,
    "name": "Backup on the home server",
    "hint": "x7Qd",
    "scopes": ["posts:read"],
    "created_at": "2026-01-31T12:00:00Z",
    "expires_at": "2026-05-01T12:00:00Z",
    "last_used_at": None,
}

tokens = describe(
    list=operation(
        "list_tokens",
        "List one's own API tokens",
        shapes.ApiTokenSerializer,
        description="Those that were not revoked, the newest first; also expired ones, for some time.",
        page=True,
        tag="me",
        example={"results": [_TOKEN], "next": None, "previous": None},
    ),
    create=operation(
        "create_token",
        "Make an API token for a program",
        shapes.NewApiTokenSerializer,
        description="The answer holds the token's text, this once and never again. The program can do what the scopes "
        "open and the account may do, nothing else. Asks for a recent proof of who you are: the answer 403 with the "
        "code `confirmation_required` says that it is missing.",
        request=shapes.ApiTokenCreateSerializer,
        status=201,
        errors=[422],
        tag="me",
        example={**_TOKEN, "token": "byline_0Zb4vTq1m9sYw3uJcN6eRk8aHf2dLx5gPoIiUyEtWqAnx7Qd"},
        request_example={"name": "Backup on the home server", "scopes": ["posts:read"], "expires_in_days": 90},
    ),
    retrieve=operation("get_token", "Read one of one's own API tokens", shapes.ApiTokenSerializer, tag="me"),
    destroy=operation(
        "revoke_token",
        "Revoke an API token",
        None,
        description="In force with the token's next request.",
        status=204,
        tag="me",
    ),
)
