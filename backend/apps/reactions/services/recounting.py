"""Counters that say how many like something, and how many comments there are: counted anew."""

from typing import Any

from django.db import transaction
from django.db.models import Count, F, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.accounts.models import User
from apps.comments.models import PATH_STEP, Comment
from apps.posts.models import Post
from apps.reactions.models import CommentLike, PostLike

_SHOWN = Comment.Status.VISIBLE


def recount_reactions() -> dict[str, int]:
    """Make every counter of likes and comments say how many there are; returns how many of each were wrong.

    Each that differs is counted again under the lock that those who change it take, so that none changes in between.
    """
    shown = Comment.objects.filter(status=_SHOWN).order_by()
    return {
        "likes of posts": _recount(Post, "like_count", PostLike.objects.order_by(), "post"),
        "likes of comments": _recount(Comment, "like_count", CommentLike.objects.order_by(), "comment"),
        "comments of posts": _recount(Post, "comment_count", shown, "post"),
        "comments of people": _recount(User, "comment_count", shown, "author"),
        "replies of comments": _recount(Comment, "reply_count", shown, "parent"),
        "descendants of comments": _recount_descendants(),
    }


def _recount(model: type[Model], column: str, rows: QuerySet[Any], link: str) -> int:
    number = rows.filter(**{link: OuterRef("pk")}).values(link).annotate(number=Count("pk"))
    counted = model._default_manager.annotate(actual=Coalesce(Subquery(number.values("number")), 0))
    wrong = 0
    for pk in list(counted.exclude(**{column: F("actual")}).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            _lock(model, pk)
            actual = rows.filter(**{link: pk}).count()
            wrong += _correct(model, pk, column, actual)
    return wrong


def _recount_descendants() -> int:
    """Branches lie side by side in the order of paths: what stands under a comment begins with its path."""
    wrong = 0
    for post_id in Comment.objects.order_by("post_id").values_list("post_id", flat=True).distinct():
        actual: dict[str, int] = {}
        paths = Comment.objects.filter(post_id=post_id, status=_SHOWN).order_by().values_list("path", flat=True)
        for path in paths.iterator(chunk_size=2000):
            for end in range(PATH_STEP, len(path), PATH_STEP):
                actual[path[:end]] = actual.get(path[:end], 0) + 1
        stored = Comment.objects.filter(post_id=post_id).order_by().values_list("pk", "path", "visible_descendants")
        differing = [(pk, path) for pk, path, number in stored if number != actual.get(path, 0)]
        for pk, path in sorted(differing):
            with transaction.atomic():
                _lock(Post, post_id)  # whoever shows or hides a comment holds it
                below = Comment.objects.filter(post_id=post_id, status=_SHOWN, path__startswith=path).exclude(pk=pk)
                wrong += _correct(Comment, pk, "visible_descendants", below.count())
    return wrong


def _lock(model: type[Model], pk: int) -> None:
    list(model._default_manager.select_for_update(no_key=True).filter(pk=pk).values_list("pk"))


def _correct(model: type[Model], pk: int, column: str, actual: int) -> int:
    return model._default_manager.filter(pk=pk).exclude(**{column: actual}).update(**{column: actual})
