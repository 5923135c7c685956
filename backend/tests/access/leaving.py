"""Export and deletion of one's own account."""

from datetime import timedelta

from django.utils import timezone

from apps.accounts.models import User
from apps.profiles.models import Export
from conftest import Cast
from tests.access.table import SIGNED_IN, Area, Call, Rows, cells, own, plain

ROWS: Rows = {
    ("delete", "me", "-"): own(202),
    ("post", "me/keep", "-"): SIGNED_IN,
    ("post", "me/export", "-"): own(202),
    ("get", "me/export", "none of one's own"): SIGNED_IN,
    ("get", "me/export", "ready"): SIGNED_IN,
    ("get", "me/export/download", "none of one's own"): cells(404, anonymous=401),
    ("get", "me/export/download", "ready"): SIGNED_IN,
}


def _archive_of(user: User) -> None:
    now = timezone.now()
    export = Export.objects.create(user=user, status="ready", ready_at=now, expires_at=now + timedelta(days=1), size=4)
    export.path.parent.mkdir(parents=True, exist_ok=True)
    export.path.write_bytes(b"PK\5\6")


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    caller = getattr(cast, role)
    for user in (cast.reader, cast.outsider, cast.author, cast.editor, cast.moderator, cast.admin, cast.deactivated):
        if (user == caller) == (state == "ready"):
            _archive_of(user)
    return plain(route, method, {"posts": "keep", "comments": "keep"} if route == "me" else None)


AREA = Area(ROWS, call)
