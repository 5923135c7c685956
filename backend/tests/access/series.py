"""Series, and what to read after a post."""

from apps.posts.tests.factories import make_post
from conftest import Cast
from tests.access.table import READ, Area, Call, Rows, cells, plain, private

ROWS: Rows = {
    ("get", "series", "-"): READ,
    ("get", "series/{slug}", "published"): READ,
    ("get", "series/{slug}", "draft"): cells(404, outsider=200, author=200, editor=200, admin=200),
    ("get", "posts/{slug}/further-reading", "published"): READ,
    ("get", "posts/{slug}/further-reading", "due"): READ,
    ("get", "posts/{slug}/further-reading", "draft"): private(200),
    ("get", "posts/{slug}/further-reading", "scheduled"): private(200),
    ("get", "posts/{slug}/further-reading", "archived"): private(200),
    ("get", "posts/{slug}/further-reading", "trashed"): private(200),
}
# A token that may only read shows no work of others, also not to those who write.
TOKEN_ROWS: Rows = {
    ("get", "series/{slug}", "draft"): cells(404, author=200, editor=200, admin=200),
}


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    if route == "series":
        return plain(route, method)
    post = make_post(cast.author, state, series="The long walk")
    return Call(f"/api/v1/{route.format(slug='the-long-walk' if route == 'series/{slug}' else post.slug)}")


AREA = Area(ROWS, call, TOKEN_ROWS)
