"""What the schema says of where one is signed in, and of what happened to one's account."""

from apps.accounts.serializers import sessions as shapes
from apps.common.schema import describe, operation

_SESSION = {
    "id": "6f7c5f0e-4f0b-4a4e-9d83-0f3b8b1c9f11",
    "current": True,
    "device": "Firefox on Windows",
    "address": "203.0.113.7",
    "address_class": "internet",
    "methods": ["password", "totp"],
    "created_at": "2026-01-31T12:00:00Z",
    "used_at": "2026-02-02T08:15:00Z",
}
_EVENT = {
    "id": 812,
    "kind": "password_changed",
    "detail": "",
    "device": "Firefox on Windows",
    "address": "203.0.113.7",
    "created_at": "2026-02-02T08:15:00Z",
    "by_owner": True,
}

sessions = describe(
    list=operation(
        "list_sessions",
        "List where one is signed in",
        shapes.SessionSerializer,
        description="Sessions that still stand, the one used last first.",
        page=True,
        tag="me",
        example={"results": [_SESSION], "next": None, "previous": None},
    ),
    end=operation(
        "end_session",
        "Sign out somewhere",
        None,
        description="Ends one session: its access token is refused with the next request. The current one may be ended "
        "too.",
        status=204,
        tag="me",
    ),
    end_others=operation(
        "end_other_sessions",
        "Sign out everywhere else",
        None,
        description="Ends all sessions but the current one, those of the site's administration included.",
        status=204,
        tag="me",
    ),
)

events = describe(
    get=operation(
        "list_security_events",
        "List what happened to one's account",
        shapes.SecurityEventSerializer,
        description="Sign-ins, tries that failed, changes of what guards the account: the newest first, for a year.",
        page=True,
        tag="me",
        example={"results": [_EVENT], "next": None, "previous": None},
    ),
)
