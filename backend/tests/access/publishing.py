"""The check before publishing, and preview links."""

from apps.posts.services.previews import make_preview_link
from apps.posts.tests.factories import make_post
from conftest import Cast
from tests.access.table import Area, Call, Rows, cells, change, change_private, plain

LINK = "posts/{slug}/preview-links/{number}"

ROWS: Rows = {
    ("get", "posts/{slug}/checks", "draft"): change_private(200),
    ("get", "posts/{slug}/checks", "published"): change(200),
    ("get", "posts/{slug}/preview-links", "draft"): change_private(200),
    ("get", "posts/{slug}/preview-links", "published"): change(200),
    ("post", "posts/{slug}/preview-links", "draft"): change_private(201),
    ("post", "posts/{slug}/preview-links", "published"): change(201),
    ("get", LINK, "draft"): change_private(200),
    ("get", LINK, "published"): change(200),
    ("delete", LINK, "draft"): change_private(204),
    ("delete", LINK, "published"): change(204),
    # Who has the secret reads it, whoever that is; who has not gets nothing.
    ("post", "previews", "its secret"): cells(200, deactivated=200),
    ("post", "previews", "another secret"): cells(404, deactivated=404),
}


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    post = make_post(cast.author, state if state in {"draft", "published"} else "draft")
    link, url = make_preview_link(post=post, author=cast.author, name="", days=1)
    if route == "previews":
        return plain(route, method, {"secret": url.partition("#")[2] if state == "its secret" else "x" * 43})
    path = f"/api/v1/{route.format(slug=post.slug, number=link.pk)}"
    return Call(path, {"name": "For the lawyer"} if method == "post" else None)


AREA = Area(ROWS, call)
