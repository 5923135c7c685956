"""Filling the index from the beginning, in steps that may be interrupted anywhere."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from apps.comments.models import Comment
from apps.posts.models import Post
from apps.search.engines import KINDS, engine
from apps.search.models import Build, CommentEntry, PostEntry, Stemming, Word
from apps.search.services.indexing import BATCH, COMMENTS_IN_A_BATCH, index_comments, index_posts

RULES = 3
"""Goes up when texts are prepared differently: the whole index is then made anew, by itself."""


@dataclass(frozen=True)
class Step:
    """How far it has come: the kind, the last id, and how many rows of the kind were looked at in this step."""

    kind: str
    last: int
    seen: int


def build_of(kind: str) -> Build:
    """How far the kind's rows have been indexed; begins anew after a change of the rules."""
    build, _ = Build.objects.get_or_create(kind=kind, defaults={"rules": RULES})
    if build.rules != RULES:
        build.rules, build.after, build.is_done = RULES, 0, False
        build.save()
    return build


def start_anew(*, empty: bool = False) -> None:
    """Go through everything again. `empty`: with an empty index; until it is full, little is found."""
    with transaction.atomic():
        Build.objects.all().delete()
        if empty:
            for kind in KINDS:
                engine().clear(kind)
            for model in (PostEntry, CommentEntry, Word, Stemming):
                model._default_manager.all().delete()


def left_of(kind: str) -> int:
    """Rows that are still to be looked at."""
    build = build_of(kind)
    return 0 if build.is_done else _rows(kind).filter(pk__gt=build.after).count()


def fill(*, batch: int = 0) -> Iterator[Step]:
    """Index what has not been looked at yet, in order of the ids, and tell after each step how far it has come."""
    for kind in KINDS:
        build = build_of(kind)
        index: Callable[[Sequence[int]], None] = index_posts if kind == "post" else index_comments
        size = batch or (BATCH if kind == "post" else COMMENTS_IN_A_BATCH)
        while not build.is_done:
            ids = list(_rows(kind).filter(pk__gt=build.after).order_by("pk").values_list("pk", flat=True)[:size])
            with transaction.atomic():
                if ids:
                    index(ids)
                build.after, build.is_done = (ids[-1] if ids else build.after), len(ids) < size
                Build.objects.filter(pk=build.pk).update(after=build.after, is_done=build.is_done)
            if ids:
                yield Step(kind, ids[-1], len(ids))


def _rows(kind: str) -> Any:
    return Post.objects.all() if kind == "post" else Comment.objects.all()
