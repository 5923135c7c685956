"""The life of posts: archive, trash, duplicates, many at once; and what a post in the trash answers to everything."""

from apps.comments.services import add_comment
from apps.posts.services import publish_post, trash_post
from apps.posts.tests.factories import make_post
from conftest import Cast
from tests.access import posts
from tests.access.table import Area, Call, Rows, cells, change, change_private, own, plain, private

_PUBLIC = {"due", "published"}
_STEPS = {
    "archive": {"archived": 422, "trashed": 422},
    "restore": {**dict.fromkeys(posts.STATES, 422), "trashed": 200},
    "duplicate": {**dict.fromkeys(posts.STATES, 201), "trashed": 422},
}

ROWS: Rows = {
    ("post", f"posts/{{slug}}/{step}", state): (change if state in _PUBLIC else change_private)(answers.get(state, 200))
    for step, answers in _STEPS.items()
    for state in posts.STATES
} | {
    ("post", "post-actions", "-"): own(200),
    ("get", "posts/{slug}", "trashed"): private(200),
    ("patch", "posts/{slug}", "trashed"): change_private(422),
    ("delete", "posts/{slug}", "trashed"): change_private(204),
    ("post", "posts/{slug}/publish", "trashed"): change_private(422),
    ("post", "posts/{slug}/unpublish", "trashed"): change_private(422),
    ("post", "posts/{slug}/schedule", "trashed"): change_private(422),
    ("get", "posts/{slug}/comments", "trashed"): private(200),
    ("post", "posts/{slug}/comments", "trashed"): change_private(422),
    ("get", "comments/{pk}", "under a trashed post"): private(200),
    ("patch", "comments/{pk}", "under a trashed post"): cells(404, anonymous=401, author=200, editor=403, admin=403),
}


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    if route == "post-actions":
        post = make_post(cast.author)
        seen = [{"slug": post.slug, "version": post.version}]
        return plain(route, method, {"action": "archive", "posts": seen})
    if route == "comments/{pk}":
        post = publish_post(post=make_post(cast.author, "draft"))
        comment = add_comment(post=post, author=cast.author, body="One's own words.")
        trash_post(post=post)
        body = {"body": "Better words."} if method == "patch" else None
        return Call(f"/api/v1/comments/{comment.pk}", body, if_match=method != "get")
    if route.endswith("/comments"):
        post = make_post(cast.author, state)
        return Call(f"/api/v1/posts/{post.slug}/comments", {"body": "A remark."} if method == "post" else None)
    return posts.call(method, route, state, role, cast)


AREA = Area(ROWS, call)
