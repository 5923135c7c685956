"""Rendering posts anew after the rules changed. It is no edit: versions, dates and events stay as they are."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from apps.common.markup import RULES_VERSION
from apps.posts.models import Post
from apps.posts.services.rendering import render_body

BATCH = 100


@dataclass(frozen=True)
class RenderedBatch:
    """How far it has come: the last post's id, how many posts were looked at, and how many now read otherwise."""

    last: int
    seen: int
    changed: int


def outdated_posts(*, everything: bool = False, after: int = 0) -> QuerySet[Post]:
    """Posts whose HTML was made by older rules, or all posts; those with a larger id than `after`."""
    posts: QuerySet[Post] = Post.objects.filter(pk__gt=after)
    return posts if everything else posts.filter(rendered_with__lt=RULES_VERSION)


def rerender_posts(*, everything: bool = False, after: int = 0, batch: int = BATCH) -> Iterator[RenderedBatch]:
    """Render what is outdated, in order of the ids, and tell after each batch how far it has come.

    Each post is written by itself, so that an interruption loses nothing and the next run goes on from there.
    """
    while posts := list(outdated_posts(everything=everything, after=after).order_by("pk")[:batch]):
        changed = sum(_rerender(post) for post in posts)
        after = posts[-1].pk
        yield RenderedBatch(last=after, seen=len(posts), changed=changed)


def _rerender(post: Post) -> bool:
    """Whether the post reads otherwise now. One that was edited in the meantime has been rendered by that already."""
    before = post.body_html
    render_body(post)
    written = Post.objects.filter(pk=post.pk, version=post.version).update(
        body_html=post.body_html, reading_minutes=post.reading_minutes, rendered_with=post.rendered_with
    )
    return bool(written) and post.body_html != before
