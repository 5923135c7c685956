"""Posts: reading, writing, and the steps between their states."""

from datetime import timedelta

from django.utils import timezone

from apps.posts.tests.factories import make_post
from conftest import Cast
from tests.access.table import READ, Area, Call, Rows, cells, change, change_private, plain, private

STATES = ("draft", "scheduled", "due", "published", "archived", "trashed")
"""What posts in the trash answer is in `life`."""

ROWS: Rows = {
    ("get", "posts", "-"): READ,
    ("post", "posts", "-"): cells(403, anonymous=401, outsider=201, author=201, editor=201, admin=201),
    ("get", "posts/{slug}", "draft"): private(200),
    ("get", "posts/{slug}", "scheduled"): private(200),
    ("get", "posts/{slug}", "due"): READ,
    ("get", "posts/{slug}", "published"): READ,
    ("get", "posts/{slug}", "archived"): private(200),
    ("patch", "posts/{slug}", "draft"): change_private(200),
    ("patch", "posts/{slug}", "scheduled"): change_private(200),
    ("patch", "posts/{slug}", "due"): change(200),
    ("patch", "posts/{slug}", "published"): change(200),
    ("patch", "posts/{slug}", "archived"): change_private(200),
    ("delete", "posts/{slug}", "draft"): change_private(204),
    ("delete", "posts/{slug}", "scheduled"): change_private(204),
    ("delete", "posts/{slug}", "due"): change(204),
    ("delete", "posts/{slug}", "published"): change(204),
    ("delete", "posts/{slug}", "archived"): change_private(204),
    ("post", "posts/{slug}/publish", "draft"): change_private(200),
    ("post", "posts/{slug}/publish", "scheduled"): change_private(200),
    ("post", "posts/{slug}/publish", "due"): change(200),
    ("post", "posts/{slug}/publish", "published"): change(422),
    ("post", "posts/{slug}/publish", "archived"): change_private(200),
    ("post", "posts/{slug}/unpublish", "draft"): change_private(422),
    ("post", "posts/{slug}/unpublish", "scheduled"): change_private(200),
    ("post", "posts/{slug}/unpublish", "due"): change(200),
    ("post", "posts/{slug}/unpublish", "published"): change(200),
    ("post", "posts/{slug}/unpublish", "archived"): change_private(200),
    ("post", "posts/{slug}/schedule", "draft"): change_private(200),
    ("post", "posts/{slug}/schedule", "scheduled"): change_private(200),
    ("post", "posts/{slug}/schedule", "due"): change(422),
    ("post", "posts/{slug}/schedule", "published"): change(422),
    ("post", "posts/{slug}/schedule", "archived"): change_private(200),
}


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    if route == "posts":
        return plain(route, method, {"title": "A new one"})
    post = make_post(cast.author, state)
    path = f"/api/v1/{route.format(slug=post.slug)}"
    if route.endswith("/schedule"):
        return Call(path, {"published_at": (timezone.now() + timedelta(days=2)).isoformat()}, if_match=True)
    body = {"title": "Another title"} if method == "patch" else None
    return Call(path, body, if_match=method != "get")


AREA = Area(ROWS, call)
