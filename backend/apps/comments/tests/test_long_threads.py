"""A page of a thread costs the same however long the thread is: in queries, and in rows that the database looks at."""

from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.comments.models import Comment, path_segment
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db

LONG = 20_000 if connection.vendor == "postgresql" else 4000
"""Comments in each of two threads: one of short branches, one of two that hold everything."""


def fill(post: Post, author: User, *, first: int, number: int, branch: int) -> None:
    rows = []
    for pk in range(first, first + number):
        root = first + (pk - first) // branch * branch
        path = path_segment(root) + (path_segment(pk) if pk != root else "")
        below = branch - 1 if pk == root else 0
        rows.append(
            Comment(
                id=pk,
                post=post,
                author=author,
                parent_id=root if pk != root else None,
                root_id=root,
                path=path,
                body="Hm.",
                body_html="<p>Hm.</p>",
                reply_count=below,
                visible_descendants=below,
                like_count=pk * 7919 % 100,
            )
        )
    Comment.objects.bulk_create(rows, batch_size=2000)


@pytest.fixture
def threads(author: User, reader: User) -> tuple[Post, Post]:
    """A thread of short branches, which is the older, and one of long ones."""
    even, heavy = make_post(author, title="Even"), make_post(author, title="Heavy")
    fill(even, reader, first=1, number=LONG, branch=5)
    fill(heavy, reader, first=LONG + 1, number=LONG, branch=LONG // 2)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return even, heavy


def rows_looked_at(plan: dict[str, Any]) -> int:
    """Rows that the scans of a plan of PostgreSQL have read, those that a filter threw away among them."""
    own = 0
    if "Scan" in plan["Node Type"] and plan["Node Type"] != "Bitmap Heap Scan":
        own = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return int(own) + sum(rows_looked_at(below) for below in plan.get("Plans", []))


def explain(query: str) -> Any:
    how = "EXPLAIN (ANALYZE, FORMAT JSON)" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {query.replace('%', '%%')}")
        rows = cursor.fetchall()
    if connection.vendor != "postgresql":
        return [str(row[3]) for row in rows]
    plan = rows[0][0]
    return (orjson.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]


PARTS = {
    "first page": "",
    "newest": "?order=newest",
    "best": "?order=best",
    "permalink": "?around={middle}",
    "permalink, newest": "?order=newest&around={middle}",
    "permalink, best": "?order=best&around={middle}",
    "rest of a branch": "?branch={root}&after={middle}",
    "new ones": "?since={late}",
    "status": "/status",
}


def test_long_threads_are_read_through_their_indexes(threads: tuple[Post, Post], api: ApiFor) -> None:
    client = api()
    for post, first, branch in ((threads[0], 1, 5), (threads[1], LONG + 1, LONG // 2)):
        root = first + LONG // 2
        places = {"root": root, "middle": root + branch // 2, "late": first + LONG - 10}
        for name, part in PARTS.items():
            path = f"/api/v1/posts/{post.slug}/comments" + part.format(**places)
            with CaptureQueriesContext(connection) as queries:
                response = client.get(path)
            assert response.status_code == 200, response.content
            assert len(response.json().get("results", [])) <= 100
            asked = [query["sql"] for query in queries if "comments_comment" in query["sql"]]
            assert 1 <= len(asked) <= 7
            for query in asked:
                assert_bounded(query, f"{name} of {post.slug}")


def assert_bounded(query: str, name: str) -> None:
    """The database finds what it answers by an index, and reads little else."""
    plan = explain(query)
    if connection.vendor == "postgresql":
        assert rows_looked_at(plan) < 1000, (name, plan, query)
    else:
        assert not [line for line in plan if line.startswith("SCAN") and "INDEX" not in line], (name, plan, query)
        assert not [line for line in plan if "TEMP B-TREE FOR ORDER BY" in line], (name, plan, query)
        if name.startswith("new ones"):
            assert not [line for line in plan if "comment_arrival (post_id>?" in line], (name, plan, query)
