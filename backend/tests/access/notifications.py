"""The inbox, how one wants to hear of what, and ending mails."""

from typing import Any

from apps.accounts.models import User
from apps.notifications.models import Kind, Notification
from apps.notifications.services import notify
from apps.notifications.unsubscribing import token_for
from conftest import Cast
from tests.access.table import SIGNED_IN, Area, Call, Rows, cells, own, plain

ROWS: Rows = {
    ("get", "me/notifications", "-"): SIGNED_IN,
    ("patch", "me/notifications", "-"): own(204),
    ("get", "me/notifications/summary", "-"): SIGNED_IN,
    ("get", "me/notifications/{pk}", "one's own"): SIGNED_IN,
    ("get", "me/notifications/{pk}", "another's"): cells(404, anonymous=401),
    ("patch", "me/notifications/{pk}", "one's own"): SIGNED_IN,
    ("patch", "me/notifications/{pk}", "another's"): cells(404, anonymous=401),
    ("get", "me/notification-settings", "-"): SIGNED_IN,
    ("patch", "me/notification-settings", "-"): SIGNED_IN,
    # Whoever has the mail may end the mails; who is signed in where does not matter.
    ("post", "unsubscribe/{token}", "of a mail"): cells(200, deactivated=200),
    ("post", "unsubscribe/{token}", "forged"): cells(404, deactivated=404),
}
_BODIES: dict[str, dict[str, Any]] = {
    "me/notifications": {"read": True},
    "me/notifications/{pk}": {"read": True},
    "me/notification-settings": {"settings": [{"kind": "like", "mail": "daily"}]},
}


def _told(user: User) -> int:
    notify(recipient_id=user.pk, kind=Kind.DECISION, group="decision:1")
    return Notification.objects.get(recipient=user).pk


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    caller = getattr(cast, role)
    if route.startswith("unsubscribe"):
        token = token_for(cast.reader.pk, "all")
        return Call(f"/api/v1/unsubscribe/{token if state == 'of a mail' else token[:-1]}", {})
    body = _BODIES.get(route) if method == "patch" else None
    if "{pk}" in route:
        owner = caller if state == "one's own" and caller and caller.is_active else cast.editor
        owner = cast.author if state != "one's own" and caller == cast.editor else owner
        return Call(f"/api/v1/{route.format(pk=_told(owner))}", body)
    return plain(route, method, body)


AREA = Area(ROWS, call)
