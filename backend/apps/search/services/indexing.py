"""Keeping the index in step with posts and comments. Everything here may be repeated at any time."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from apps.comments.models import Comment
from apps.posts.models import Post, PostTag
from apps.posts.querysets import load_co_authors, load_tags
from apps.search.engines import engine
from apps.search.models import CommentEntry, PostEntry
from apps.search.preparing import Prepared, prepare_comment, prepare_post
from apps.search.vocabulary import add_stemmings, add_words

BATCH = 50
"""Posts in one transaction: their rows are locked for that long, so that nobody changes them meanwhile."""
COMMENTS_IN_A_BATCH = 200
_POST_COLUMNS = (
    "title",
    "excerpt",
    "body_html",
    "language",
    "published_at",
    "category_id",
    "tag_names",
    "co_author_count",
    "author__username",
    "author__display_name",
)
_COMMENT_COLUMNS = (
    "body_html",
    "guest_name",
    "created_at",
    "author__username",
    "author__display_name",
    "post__language",
    "post__status",
    "post__published_at",
)


@transaction.atomic
def index_posts(ids: Sequence[int]) -> None:
    """Bring these posts' rows up to date: live ones in, all others out, their comments with them."""
    live = Post.objects.live().filter(pk__in=ids).order_by("pk").select_related("author").only(*_POST_COLUMNS)
    posts = list(live.select_for_update(no_key=True, of=("self",)))
    load_tags(posts)
    load_co_authors(posts)
    tags: dict[int, list[int]] = {post.pk: [] for post in posts}
    for post_id, tag_id in PostTag.objects.filter(post__in=tags).values_list("post_id", "tag_id").order_by("id"):
        tags[post_id].append(tag_id)
    _replace("post", PostEntry, ids, [prepare_post(post, tags[post.pk]) for post in posts])
    gone = set(ids) - tags.keys()
    if gone:
        _forget_comments(CommentEntry.objects.filter(post_id__in=gone))


@transaction.atomic
def index_comments(ids: Sequence[int]) -> None:
    """Bring these comments' rows up to date: those that are shown under live posts in, all others out."""
    shown = Comment.objects.filter(pk__in=ids, status=Comment.Status.VISIBLE)
    shown = shown.select_related("author", "post").only(*_COMMENT_COLUMNS).order_by("pk")
    # Looked at here: asked for live posts as well, SQLite begins with all of those.
    comments = [row for row in shown.select_for_update(no_key=True, of=("self",)) if row.post.is_live]
    posts = {comment.pk: comment.post_id for comment in comments}
    _replace("comment", CommentEntry, ids, [prepare_comment(comment) for comment in comments], post_ids=posts)


def index_comments_of(post_id: int) -> None:
    """The same for all comments of a post, when it appears or speaks another language."""
    if Post.objects.live().filter(pk=post_id).exists():
        in_batches(Comment.objects.filter(post=post_id, status=Comment.Status.VISIBLE), index_comments)


def in_batches(rows: QuerySet[Any], index: Any) -> None:
    """Index all rows of a queryset of posts or comments, some at a time."""
    size = BATCH if rows.model is Post else COMMENTS_IN_A_BATCH
    after = 0
    while ids := list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size]):
        index(ids)
        after = ids[-1]


def _replace(
    kind: str,
    model: Any,
    ids: Iterable[int],
    prepared: Sequence[Prepared],
    *,
    post_ids: dict[int, int] | None = None,
) -> None:
    """Make these the rows of those ids."""
    rows = {row.pk: row for row in prepared}
    known = {pk: (at, stemming) for pk, at, stemming in _entries(kind, model, ids)}
    stale = [at for pk, (at, _) in known.items() if pk not in rows or rows[pk].position != at]
    if stale:
        engine().remove(kind, stale)
    changed = [at for pk, (at, stemming) in known.items() if at in stale or rows[pk].stemming != stemming]
    if changed:
        model.objects.filter(position__in=changed).delete()
    if not prepared:
        return
    engine().write(kind, [(row.position, row.text) for row in prepared])
    fresh = [row for row in prepared if row.pk not in known or known[row.pk][0] in changed]
    more = [{"post_id": post_ids[row.pk]} if post_ids is not None else {} for row in fresh]
    model.objects.bulk_create(
        [
            model(position=row.position, stemming=row.stemming, **{f"{kind}_id": row.pk}, **extra)
            for row, extra in zip(fresh, more, strict=True)
        ]
    )
    add_stemmings(row.stemming for row in fresh)
    add_words(
        [row.words for row in prepared if row.pk not in known],
        [row.words for row in prepared if row.pk in known],
        set().union(*(row.of_names for row in prepared)),
    )


def _entries(kind: str, model: Any, ids: Iterable[int]) -> Any:
    return model.objects.filter(**{f"{kind}_id__in": ids}).values_list(f"{kind}_id", "position", "stemming")


def _forget_comments(entries: QuerySet[CommentEntry]) -> None:
    while positions := list(entries.values_list("position", flat=True)[:500]):
        engine().remove("comment", positions)
        CommentEntry.objects.filter(position__in=positions).delete()
