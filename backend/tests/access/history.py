"""The history of posts, and their working copies."""

from typing import Any

from apps.posts.models import Post, WorkingCopy
from apps.posts.tests.factories import make_post
from conftest import Cast
from tests.access.posts import STATES
from tests.access.table import Area, Call, Cells, Rows, change, change_private

PUBLIC = ("due", "published")
REVISION = "posts/{slug}/revisions/{number}"
WORKING_COPY = "posts/{slug}/working-copy"


def _for_writers(state: str, status: int) -> Cells:
    """The post's author, its editors; others are told no only where they may see the post."""
    return change(status) if state in PUBLIC else change_private(status)


ROWS: Rows = {}
for state in STATES:
    kept = 422 if state == "trashed" else 0
    live = 0 if state in PUBLIC else 422
    for method, route, status in (
        ("get", "posts/{slug}/revisions", 200),
        ("post", "posts/{slug}/revisions", kept or 201),
        ("get", REVISION, 200),
        ("patch", REVISION, 200),
        ("post", f"{REVISION}/restore", kept or 200),
        ("get", WORKING_COPY, 200),
        ("put", WORKING_COPY, live or 200),
        ("delete", WORKING_COPY, kept or 204),
        ("post", f"{WORKING_COPY}/publish", kept or 200),
    ):
        ROWS[method, route, state] = _for_writers(state, status)
ROWS["get", WORKING_COPY, "published, without one"] = change(404)
ROWS["put", WORKING_COPY, "published, without one"] = change(412)


def _with_working_copy(post: Post) -> None:
    body = "What is to come."
    WorkingCopy.objects.create(
        post=post, base_version=post.version, body=body, content={"title": "New", **_REST}, author=post.author
    )


_REST: dict[str, Any] = {
    "excerpt": "",
    "body_format": "markdown",
    "cover": None,
    "tags": [],
    "category": None,
    "language": "en",
    "canonical_url": "",
    "comment_policy": "open",
}


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    status, _, lacking = state.partition(", ")
    post = make_post(cast.author, status)
    if not lacking:
        _with_working_copy(post)
    path = f"/api/v1/{route.format(slug=post.slug, number=1)}"
    bodies: dict[tuple[str, str], dict[str, Any]] = {
        ("post", "posts/{slug}/revisions"): {"name": "A milestone"},
        ("patch", REVISION): {"name": "A milestone"},
        ("post", f"{REVISION}/restore"): {"to": "post"},
        ("put", WORKING_COPY): {"title": "Another title"},
    }
    needs_match = "working-copy" in route or route.endswith("/restore")
    return Call(path, bodies.get((method, route)), if_match=needs_match and method != "get")


AREA = Area(ROWS, call)
