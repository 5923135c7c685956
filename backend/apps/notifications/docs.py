"""What the schema says of notifications."""

from apps.common.schema import describe, operation
from apps.notifications import serializers as shapes

_NOTIFICATION = {
    "id": 7,
    "kind": "reply",
    "actors": [{"username": "mina", "display_name": "Mina Okafor", "avatar_url": ""}],
    "actor_count": 1,
    "post": {"slug": "the-quiet-tools", "title": "The quiet tools"},
    "comment": {"id": 12, "excerpt": "I have one of those as well."},
    "data": {"to": "comment"},
    "happened_at": "2026-11-21T12:00:00Z",
    "read": False,
}
_SETTINGS = {
    "settings": [
        {"kind": "reply", "web": True, "mail": "now"},
        {"kind": "mention", "web": True, "mail": "now"},
        {"kind": "webmention", "web": True, "mail": "daily"},
        {"kind": "like", "web": True, "mail": "none"},
        {"kind": "post", "web": True, "mail": "daily"},
        {"kind": "decision", "web": True, "mail": "now"},
        {"kind": "report", "web": True, "mail": "daily"},
    ]
}

inbox = describe(
    get=operation(
        "list_notifications",
        "List one's notifications",
        shapes.NotificationSerializer,
        description="The latest first. What is about a post or comment that readers do not see now is not among them, "
        "nor what people did with whom there is a block.",
        page=True,
        tag="me",
        example={"results": [_NOTIFICATION], "next": None, "previous": None},
    ),
    patch=operation(
        "mark_notifications",
        "Mark one's notifications as read",
        None,
        description="All of them, or those up to the newest that the caller has seen.",
        request=shapes.NotificationsMarkSerializer,
        status=204,
        errors=[422],
        tag="me",
        request_example={"read": True},
    ),
)

one = describe(
    get=operation(
        "get_notification",
        "Get one of one's notifications",
        shapes.NotificationSerializer,
        description="Reading it here does not mark it as read.",
        tag="me",
        example=_NOTIFICATION,
    ),
    patch=operation(
        "mark_notification",
        "Mark a notification as read or unread",
        shapes.NotificationSerializer,
        request=shapes.NotificationMarkSerializer,
        tag="me",
        example={**_NOTIFICATION, "read": True},
        request_example={"read": True},
    ),
)

summary = describe(
    get=operation(
        "get_notification_summary",
        "Count one's unread notifications",
        shapes.NotificationSummarySerializer,
        description="For asking every so often: with the ETag of the last answer in If-None-Match it is a 304 while "
        "nothing changed.",
        tag="me",
        example={"unread": 3},
    )
)

settings = describe(
    get=operation(
        "get_notification_settings",
        "See how one hears of what",
        shapes.NotificationSettingsSerializer,
        tag="me",
        example=_SETTINGS,
    ),
    patch=operation(
        "update_notification_settings",
        "Change how one hears of what",
        shapes.NotificationSettingsSerializer,
        description="Kinds and channels that are not named stay as they are. Mails that wait go no more once their "
        "kind has no mails.",
        request=shapes.NotificationSettingsWriteSerializer,
        tag="me",
        example=_SETTINGS,
        request_example={"settings": [{"kind": "like", "mail": "daily"}]},
    ),
)

unsubscribing = describe(
    post=operation(
        "unsubscribe",
        "End mails by the link in one of them",
        shapes.UnsubscribedSerializer,
        description="One click, as RFC 8058 has it: mail programs post to the address in List-Unsubscribe; a body is "
        "not looked at. The token says whose mails of which kind end, and opens nothing else. Once more does the same.",
        public=True,
        tag="me",
        example={"kind": "reply"},
    )
)
