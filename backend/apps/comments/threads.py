"""Reading threads a page at a time: whole branches, the rest of one branch, what stands around one comment.

A page costs the same in a thread of a hundred comments and in one of a hundred thousand: each query walks an index and
takes a bounded number of its entries.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from apps.comments.models import Comment
from apps.comments.querysets import CommentQuerySet
from apps.common.pagination import Order, Page, Position, from_position, page_of_rows, position_of

BRANCH_ROWS = 30
"""Descendants of a root that come with it at first."""
PAGE_ROWS = 100
"""Rows after which a page takes in no further branch."""

ROOT_ORDERS = {
    "oldest": Order("oldest", ("root_id",)),
    "newest": Order("newest", ("-root_id",)),
    "best": Order("best", ("-like_count", "-root_id")),
}
IN_BRANCH = Order("branch", ("path",))
REPLIES = Order("replies", ("root_id", "path"))
ARRIVAL = Order("arrival", ("post_id", "id"))


@dataclass(frozen=True)
class Branches:
    """A page of branches: its rows in reading order, and the page of their roots, which has the cursors. A root among
    the rows has `more_replies`."""

    rows: list[Comment]
    roots: Page[Comment]


def page_of_branches(shown: CommentQuerySet, order: Order, *, cursor: str | None, limit: int) -> Branches:
    """At most `limit` roots of the thread, each followed by its first descendants. Two queries.

    `shown`: the comments of one post that the caller may see.
    """
    position = position_of(cursor, order, Comment)
    roots = list(from_position(_roots(shown), order, position)[: limit + 1])
    below = _first_below(shown, _likely(roots[:limit]))
    return _assemble(roots, below, order, position, limit=limit)


def page_around(shown: CommentQuerySet, order: Order, comment: Comment, *, limit: int) -> Branches | None:
    """The page that begins with the branch of this comment, of which it holds the ancestors, the comment itself and
    what follows. None where the branch itself is not shown. Six queries."""
    root = _roots(shown).filter(pk=comment.root_id).first()
    if root is None:
        return None
    values = [getattr(root, field) for field in order.fields]
    roots = [root, *from_position(_roots(shown), order, Position(values))[:limit]]
    branch = shown.filter(root_id=root.pk, parent__isnull=False)
    line = shown.filter(pk__in=[*comment.ancestor_ids[1:], *([comment.pk] if comment.parent_id else [])])
    following = branch.filter(path__gt=comment.path).order_by("path")
    below = [*line.for_list().order_by(), *following.for_list()[:BRANCH_ROWS]]
    below += _first_below(shown, _likely(roots[:limit])[1:])
    before = from_position(shown.filter(parent__isnull=True), order, Position(values, backwards=True))
    is_first = not before.values_list("pk")[:1]  # in their order, which `exists` drops, and the index with it
    return _assemble(roots, below, order, Position(None if is_first else values), limit=limit)


def _roots(shown: CommentQuerySet) -> CommentQuerySet:
    """Roots with `cut`: the path of their first descendant that does not come with them, None where all do."""
    below = shown.filter(root_id=OuterRef("pk"), parent__isnull=False).order_by("path").values("path")
    rows: CommentQuerySet = shown.filter(parent__isnull=True).for_list()
    return rows.annotate(cut=Subquery(below[BRANCH_ROWS : BRANCH_ROWS + 1]))


def _likely(roots: list[Any]) -> list[Any]:
    """The first of these roots, as many as a page may hold as far as their counters tell."""
    rows = 0
    for number, root in enumerate(roots):
        rows += 1 + min(root.visible_descendants, BRANCH_ROWS)
        if number and rows > PAGE_ROWS:
            return roots[:number]
    return roots


def _first_below(shown: CommentQuerySet, roots: Sequence[Any]) -> list[Comment]:
    """The first descendants of each of these roots. At most one query."""
    if not roots:
        return []
    wanted = Q(root_id__in=[root.pk for root in roots if root.cut is None])
    for root in roots:
        if root.cut is not None:
            # With both ends, so that the database knows how little lies between them.
            wanted |= Q(root_id=root.pk, path__gt=root.path, path__lt=root.cut)
    return list(shown.filter(wanted, parent__isnull=False).for_list().order_by())


def _assemble(roots: list[Any], below: list[Comment], order: Order, position: Position, *, limit: int) -> Branches:
    """The page of as many of these roots (one more than the limit where there are more) as fit with what is below."""
    branches: dict[int, list[Comment]] = defaultdict(list)
    for comment in sorted(below, key=attrgetter("path")):
        branches[comment.root_id].append(comment)
    fitting, size = 0, 0
    for root in _likely(roots[:limit]):
        size += 1 + len(branches[root.pk])
        if fitting and size > PAGE_ROWS:
            break
        fitting += 1
    page = page_of_rows(roots[: fitting + 1], order, position, limit=fitting)
    rows: list[Comment] = []
    for root in page.rows:
        branch = branches[root.pk]
        seen = sum(comment.status == Comment.Status.VISIBLE for comment in branch)
        # What only moderators see is not counted; that there is something left is told to them all the same.
        root.more_replies = max(root.visible_descendants - seen, int(root.cut is not None))
        rows += [root, *branch]
    return Branches(rows, page)
