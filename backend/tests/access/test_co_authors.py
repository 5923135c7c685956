"""A co-author may do what the author may, but neither delete the post nor choose co-authors: every cell of it.

The rows are those of the matrix, so a new route of posts is tried here too.
"""

import re
from typing import Any

import pytest
from django.db import transaction

from apps.posts.models import Post
from conftest import Cast
from tests.access.credentials import client_with
from tests.access.matrix import AREA_OF, MATRIX, TOKEN_CELLS, doors
from tests.access.together import write_with

pytestmark = pytest.mark.django_db

ROWS = sorted(row for row in MATRIX if row[1].startswith("posts/{slug}"))
FOR_THE_AUTHOR_ALONE = {
    ("delete", "posts/{slug}"),
    ("post", "posts/{slug}/restore"),
    ("put", "posts/{slug}/co-authors/{username}"),
    ("delete", "posts/{slug}/co-authors/{username}"),
    ("delete", "posts/{slug}/review-notes/{pk}"),  # the author's own remark
}
OTHER_CELLS = {
    ("delete", "posts/{slug}/co-authors/{username}", "draft, leaving"): 204,
    # Here the author has blocked the caller.
    ("post", "posts/{slug}/comments", "published, blocking"): 403,
    ("post", "posts/{slug}/comments", "published, reply to one blocking"): 403,
    ("put", "posts/{slug}/like", "published, blocking"): 403,
}


@pytest.mark.parametrize("kind", ["jwt", "token"])
@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_co_author_has_the_cells_of_the_author(row: tuple[str, str, str], kind: str, cast: Cast) -> None:
    method, route, _ = row
    with transaction.atomic():
        call = AREA_OF[row].call(*row, "outsider", cast)
        slug = re.findall(r"^/api/v1/posts/([^/?]+)", call.path)[0]
        write_with(Post.objects.get(slug=slug), cast.outsider)
        door = doors()[method, route]
        headers = {"If-Match": "*"} if call.if_match else {}
        send: Any = getattr(client_with(kind, cast.outsider, door), method)
        response = send(call.path, call.body, headers=headers | call.headers, format=call.format)
        transaction.set_rollback(True)
    by_author = (MATRIX if kind == "jwt" else TOKEN_CELLS)[row]["author"]
    expected = OTHER_CELLS.get(row, 403 if (method, route) in FOR_THE_AUTHOR_ALONE else by_author)
    if kind == "token" and not door.lets_in(kind):
        expected = 403
    assert response.status_code == expected, response.content
