"""Tags, categories, the archive, standing pages, the site's record, and the preview of Markdown."""

from apps.pages.services import save_page
from apps.posts.tests.factories import make_post
from apps.tags.services import create_category
from conftest import Cast
from tests.access.table import READ, SIGNED_IN, Area, Call, Rows, cells, plain

ROWS: Rows = {
    ("get", "site", "-"): READ,
    ("get", "schema", "-"): READ,
    ("get", "pages", "-"): READ,
    ("get", "pages/{slug}", "published"): READ,
    ("get", "pages/{slug}", "draft"): cells(404, editor=200, admin=200),
    ("get", "tags", "-"): READ,
    ("get", "tags/{slug}", "-"): READ,
    ("get", "categories", "-"): READ,
    ("get", "categories/{slug}", "-"): READ,
    ("get", "archive", "-"): READ,
    ("post", "markdown/preview", "-"): SIGNED_IN,
}


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    if route == "pages/{slug}":
        save_page(title="About", slug="about", status=state)
        return Call("/api/v1/pages/about")
    if route == "tags/{slug}":
        make_post(cast.author, tags=["maps"])
        return Call("/api/v1/tags/maps")
    if route == "categories/{slug}":
        create_category(name="Places", slug="places")
        return Call("/api/v1/categories/places")
    return plain(route, method, {"body": "*Hm.*"})


AREA = Area(ROWS, call)
