"""Rules that comments are held against: for moderators, whoever wrote them."""

from apps.moderation.models import Rule
from conftest import Cast
from tests.access.table import Area, Call, Cells, Rows, cells, plain

_RULE = {"name": "Casinos", "kind": "links", "settings": {"hosts": ["casino.example"]}}


def _moderators(status: int) -> Cells:
    return cells(403, anonymous=401, moderator=status, admin=status)


ROWS: Rows = {
    ("get", "moderation/rules", "-"): _moderators(200),
    ("post", "moderation/rules", "-"): _moderators(201),
    ("post", "moderation/rules/try", "-"): _moderators(200),
    ("get", "moderation/rules/{pk}", "-"): _moderators(200),
    ("patch", "moderation/rules/{pk}", "-"): _moderators(200),
    ("delete", "moderation/rules/{pk}", "-"): _moderators(204),
    ("get", "moderation/rules/{pk}", "gone"): _moderators(404),
}


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    if route == "moderation/rules":
        return plain(route, method, _RULE)
    if route == "moderation/rules/try":
        return plain(route, method, {key: _RULE[key] for key in ("kind", "settings")})
    rule = Rule.objects.create(**_RULE)
    if state == "gone":
        rule.delete()
        return Call(f"/api/v1/moderation/rules/{rule.pk or 4711}")
    body = {"enabled": True} if method == "patch" else None
    return Call(f"/api/v1/moderation/rules/{rule.pk}", body, if_match=method != "get")


AREA = Area(ROWS, call)
