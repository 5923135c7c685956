"""The check before publishing, and preview links."""

from apps.posts.services import trash_post
from apps.posts.services.previews import make_preview_link
from apps.posts.tests.factories import make_post
from conftest import Cast
from tests.access.posts import STATES
from tests.access.table import Area, Call, Rows, cells, change, change_private, plain

LINK = "posts/{slug}/preview-links/{number}"

PUBLIC = {"due", "published"}
_STATUSES = {
    ("get", "posts/{slug}/checks"): 200,
    ("get", "posts/{slug}/preview-links"): 200,
    ("post", "posts/{slug}/preview-links"): 201,
    ("get", LINK): 200,
    ("delete", LINK): 204,
}

ROWS: Rows = {
    (method, route, state): (change if state in PUBLIC else change_private)(
        422 if (method, state) == ("post", "trashed") else status
    )
    for (method, route), status in _STATUSES.items()
    for state in STATES
} | {
    # Who has the secret reads it, whoever that is; who has not gets nothing.
    ("post", "previews", "its secret"): cells(200, deactivated=200),
    ("post", "previews", "another secret"): cells(404, deactivated=404),
    ("post", "previews", "its secret, the post trashed"): cells(404, deactivated=404),
}


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    is_trashed = state.endswith("trashed")
    post = make_post(cast.author, state if state in STATES and not is_trashed else "draft")
    link, url = make_preview_link(post=post, author=cast.author, name="", days=1)
    if is_trashed:
        trash_post(post=post)
    if route == "previews":
        return plain(route, method, {"secret": "x" * 43 if state == "another secret" else url.partition("#")[2]})
    path = f"/api/v1/{route.format(slug=post.slug, number=link.pk)}"
    return Call(path, {"name": "For the lawyer"} if method == "post" else None)


AREA = Area(ROWS, call)
