"""What to read after a post. Costs the same however many posts there are: each source is the beginning of an index."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import Any

from django.db import connection
from django.db.models import IntegerField, Q, QuerySet, Value

from apps.posts.models import Post, PostTag
from apps.posts.querysets import load_tags

RELATED = 4
FROM_TAGS = 10
"""Tags that are looked at; imported posts may have more."""
FROM_EACH = 40
"""Posts that are looked at of each tag, of the category, of the author, and of all."""
Source = tuple[int, QuerySet[Post]]
"""Where candidates come from, and which."""
_COLUMNS = ("pk", "title", "excerpt", "source")
_PREVIOUS, _NEXT, _CATEGORY, _AUTHOR, _NEWEST = -1, -2, -3, -4, -5
"""Sources of candidates that are no tag."""
_WORD = re.compile(r"\w{4,}")
_SHARED_TAG, _SHARED_WORD, _SAME_CATEGORY, _SAME_AUTHOR = 3.0, 1.0, 0.8, 0.4
"""Weights; those of tags and words are multiplied by how rare they are."""


@dataclass(frozen=True)
class FurtherReading:
    """`previous` was published before the post, `next` after it. `parts`: slug and title of each part of its series,
    in order. `related`: the nearest first."""

    previous: Post | None
    next: Post | None
    parts: list[tuple[str, str]]
    related: list[Post]


def further_reading(post: Post) -> FurtherReading:
    """What everybody may read after this post. Five queries at most, with the two that summaries need."""
    tags = _tags_of(post)
    sources = _around(post)
    for tag_id in tags:
        tagged: Any = Post.objects.live().tagged(tag_id)
        sources.append((tag_id, tagged.order_by("-listed_at", "-listed_id")[:FROM_EACH]))
    candidates = _first_of_each(sources)
    neighbours = {source: pk for pk, _, _, source in candidates if source in {_PREVIOUS, _NEXT}}
    parts = _parts_of(post)
    left_out = {post.pk, *(pk for pk, _, _ in parts)}
    related = _nearest(post, tags, [row for row in candidates if row[0] not in left_out and row[3] not in neighbours])
    posts = Post.objects.live().with_relations(with_body=False).in_bulk([*neighbours.values(), *related])
    load_tags(list(posts.values()))
    return FurtherReading(
        previous=posts.get(neighbours.get(_PREVIOUS)),
        next=posts.get(neighbours.get(_NEXT)),
        parts=[(slug, title) for _, slug, title in parts],
        related=[posts[pk] for pk in related if pk in posts],
    )


def _tags_of(post: Post) -> dict[int, float]:
    """The post's tags and how telling each is: one that all posts have tells nothing."""
    links = PostTag.objects.filter(post=post).order_by("position", "id")
    rows = links.values_list("tag_id", "tag__post_count")[:FROM_TAGS]
    return {tag_id: 1 / log(count + 3) for tag_id, count in rows}


def _around(post: Post) -> list[Source]:
    """Sources that every post has."""
    live = Post.objects.live()
    newest_first = ("-published_at", "-id")
    sources: list[Source] = [
        (_AUTHOR, live.filter(author=post.author_id).order_by(*newest_first)[:FROM_EACH]),
        (_NEWEST, live.order_by(*newest_first)[:FROM_EACH]),
    ]
    if post.category_id:
        sources.append((_CATEGORY, live.filter(category=post.category_id).order_by(*newest_first)[:FROM_EACH]))
    moment = post.published_at
    if moment is not None and post.is_live:
        # The bound alone is what an index is walked from; the rest orders posts of one moment.
        earlier = live.filter(published_at__lte=moment).filter(Q(published_at__lt=moment) | Q(pk__lt=post.pk))
        later = live.filter(published_at__gte=moment).filter(Q(published_at__gt=moment) | Q(pk__gt=post.pk))
        sources.append((_PREVIOUS, earlier.order_by(*newest_first)[:1]))
        sources.append((_NEXT, later.order_by("published_at", "id")[:1]))
    return sources


def _first_of_each(sources: Iterable[Source]) -> list[tuple[int, str, str, int]]:
    """Id, title, excerpt and source of all their rows. One query: a union of limited ones, which SQLite takes only as
    subqueries and the ORM writes only without."""
    parts: list[str] = []
    params: list[Any] = []
    for source, rows in sources:
        marked = rows.annotate(source=Value(source, IntegerField())).values_list(*_COLUMNS)
        sql, values = marked.query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS s{len(parts)}")  # noqa: S608 - what the ORM compiled
        params.extend(values)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        found: list[tuple[int, str, str, int]] = cursor.fetchall()
    return found


def _parts_of(post: Post) -> list[tuple[int, str, str]]:
    """Id, slug and title of each part of its series that everybody may read."""
    if post.series_id is None:
        return []
    parts = Post.objects.live().filter(series=post.series_id).order_by("series_position", "id")
    return list(parts.values_list("pk", "slug", "title"))


def _nearest(post: Post, tags: dict[int, float], candidates: list[tuple[int, str, str, int]]) -> list[int]:
    """Ids of the candidates that have most in common with the post, at most RELATED."""
    weights: dict[int, float] = {
        **{tag_id: _SHARED_TAG * weight for tag_id, weight in tags.items()},
        _CATEGORY: _SAME_CATEGORY,
        _AUTHOR: _SAME_AUTHOR,
    }
    scores: Counter[int] = Counter()
    words: dict[int, set[str]] = {}
    for pk, title, excerpt, source in candidates:
        scores[pk] += weights.get(source, 0)  # type: ignore[assignment]
        words[pk] = _words(title, excerpt)
    usual = Counter(word for found in words.values() for word in found)
    own = _words(post.title, post.excerpt)
    for pk, found in words.items():
        scores[pk] += sum(_SHARED_WORD / (1 + log(usual[word])) for word in own & found)  # type: ignore[assignment]
    return sorted(scores, key=lambda pk: (-scores[pk], -pk))[:RELATED]


def _words(*texts: Any) -> set[str]:
    """The longer words of the texts; short ones are articles and the like in most languages."""
    return set(_WORD.findall(" ".join(texts).lower()))
