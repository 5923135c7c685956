"""The posts of the people whom somebody follows, newest first.

However many posts there are and however many people one follows, a page costs about the same. The newest posts of a
page come from as many authors at most as the page has rows: those with the newest latest posts. So one query finds
these authors, looking at one post of each person who is followed; a second one merges their newest posts, a page's
worth of each; a third one reads the rows. All three walk `post_by_author` and never read a post that is not shown, as
one query over all followed authors would, or one that walks down the list of all posts and picks.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from apps.accounts.models import Follow, User
from apps.common.pagination import Order, Page, Position, from_position, page_of_rows, position_of
from apps.posts.models import Post

NEWEST = Order("feed", ("-published_at", "-id"))
_SOMEBODY = -1
"""Stands for an author in the statement that is repeated for each."""


def feed_page(user: User, *, cursor: str | None, limit: int, with_body: bool = False) -> Page[Post]:
    """One page of the user's feed: three queries. Raises InvalidParameters for a foreign cursor."""
    position = position_of(cursor, NEWEST, Post)
    authors = _nearest_authors(user, position, limit + 1)
    ids = _merged(authors, position, limit + 1) if authors else []
    posts = Post.objects.live().with_relations(with_body=with_body).filter(pk__in=ids) if ids else Post.objects.none()
    return page_of_rows(list(_in_order(posts, position)), NEWEST, position, limit=limit)


def _in_order(posts: QuerySet[Post], position: Position) -> QuerySet[Post]:
    return from_position(posts, NEWEST, Position(backwards=position.backwards))


def _nearest_authors(user: User, position: Position, number: int) -> list[int]:
    """The followed authors whose nearest post from the position on is among the `number` nearest of these posts."""
    of_author = Post.objects.live().filter(author=OuterRef("followed"))
    nearest = from_position(of_author, NEWEST, position).values("pk")[:1]
    heads = Follow.objects.filter(follower=user).order_by().values(head=Subquery(nearest))
    posts = _in_order(Post.objects.filter(pk__in=heads), position)
    return list(posts.values_list("author_id", flat=True)[:number])


def _merged(authors: Sequence[int], position: Position, number: int) -> list[int]:
    """Ids of the `number` nearest posts of these authors, from the position on.

    The ORM cannot limit each part of a UNION on SQLite, so its statement for one author is repeated for all of them.
    """
    of_one = from_position(Post.objects.live().filter(author=_SOMEBODY), NEWEST, position)
    part, values = of_one.values_list("published_at", "pk")[:number].query.sql_with_params()
    parts = " UNION ALL ".join(f"SELECT * FROM ({part}) AS of_author{place}" for place in range(len(authors)))  # noqa: S608
    direction = "ASC" if position.backwards else "DESC"
    statement = f"{parts} ORDER BY 1 {direction}, 2 {direction} LIMIT {number}"
    parameters: list[Any] = [author if value == _SOMEBODY else value for author in authors for value in values]
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [pk for _, pk in cursor.fetchall()]
