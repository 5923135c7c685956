"""A long discussion under a post, without a request for each comment.

manage.py shell --no-imports -c "from tools.threads import make; make('the-slug', 10_000)"

Runs inside Django. Nobody is told of these comments: they are only rows.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from apps.accounts.models import User
from apps.comments.models import MAX_DEPTH, Comment, path_segment
from apps.common.markup import render_comment
from apps.posts.models import Post

BRANCH = 25
"""How many comments a branch has; the first one has a tenth of all of them."""
PEOPLE = 20
TEXTS = (
    "I read this twice, and the second time it was *another* text. Who else?",
    "Yes.",
    (
        "> Who else?\n\nI did, and then I went down to the shore to look for myself.\n\n"
        "It is as they say: the salt stays, the water goes."
    ),
    "What about `make run`?\n\n```sh\nmake run\nmake test\n```\n\nThat is all that I did.",
    (
        "Three things:\n\n- the first part is **too long**,\n- the second is too short,\n"
        "- and [the third](https://example.org/third) is right."
    ),
    "A long one, for those who have an evening. " + "The wind takes from the glass what the sea gave to it. " * 12,
)


def _below(number: int, branch: list[Comment]) -> Comment:
    """What the next comment of a branch answers: mostly the one before, now and then an older one."""
    chosen = branch[-1] if number % 3 else branch[number * 7919 % 1009 % len(branch)]
    while chosen.depth >= MAX_DEPTH:
        chosen = next(one for one in branch if one.pk == chosen.parent_id)
    return chosen


def _rows(post: Post, first: int, number: int, people: list[User]) -> list[Comment]:
    """Unsaved comments with everything that the database would be told when they are written one by one."""
    html = [render_comment(text) for text in TEXTS]
    begun = timezone.now() - timedelta(minutes=number + 60)
    rows: list[Comment] = []
    branch: list[Comment] = []
    length = number // 10
    for at in range(number):
        if len(branch) == length:
            branch, length = [], BRANCH
        pk = first + at
        parent = _below(at, branch) if branch else None
        text = at * 7 % len(TEXTS)
        row = Comment(
            id=pk,
            post=post,
            author=people[at * 11 % len(people)],
            parent_id=parent.pk if parent else None,
            root_id=branch[0].pk if branch else pk,
            path=(parent.path if parent else "") + path_segment(pk),
            body=TEXTS[text],
            body_html=html[text],
            like_count=at * 7919 % 40,
            created_at=begun + timedelta(minutes=at),
        )
        row.shown_at = row.created_at
        branch.append(row)
        rows.append(row)
    _count(rows)
    return rows


def _count(rows: list[Comment]) -> None:
    by_id = {row.pk: row for row in rows}
    for row in rows:
        if row.parent_id:
            by_id[row.parent_id].reply_count += 1
        for above in row.ancestor_ids:
            by_id[above].visible_descendants += 1


def make(slug: str, number: int) -> None:
    """Put that many comments under the post, in branches of many depths, by a handful of people."""
    with transaction.atomic():
        post = Post.objects.select_for_update().get(slug=slug)
        people = [
            User.objects.get_or_create(
                username=f"talker-{at}", defaults={"email": f"talker-{at}@example.org", "display_name": f"Talker {at}"}
            )[0]
            for at in range(PEOPLE)
        ]
        # Room for those that are written meanwhile.
        first = (Comment.objects.aggregate(last=Max("id"))["last"] or 0) + 1_000
        rows = _rows(post, first, number, people)
        Comment.objects.bulk_create(rows, batch_size=2_000)
        Post.objects.filter(pk=post.pk).update(comment_count=post.comment_count + number)
        _go_on_after(rows[-1].pk)


def _go_on_after(number: int) -> None:
    """Where the database counts ids on its own, it goes on after these."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('comments_comment', 'id'), %s)", [number])
        cursor.execute("ANALYZE comments_comment")
