"""Numbers of published posts by tag, category, author and month, kept in the transaction that changes them.

A post counts while its status is `published`. One that is scheduled and due is visible already but counts only
once it is settled; reads add those few (`due_counts`), so that what is shown is exact at any moment.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import F, Model

from apps.accounts.models import User
from apps.posts.models import ArchiveMonth, CoAuthor, Post
from apps.tags.models import Category, Tag


@dataclass(frozen=True)
class Contribution:
    """Where a post counts: ids of tags and of categories (with ancestors), who writes it, its (year, month)."""

    tags: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    authors: frozenset[int] = frozenset()
    months: frozenset[tuple[int, int]] = frozenset()


NOTHING = Contribution()


def contribution_of(post: Post) -> Contribution:
    """What the post adds to the counters in its present state."""
    if post.status != Post.Status.PUBLISHED or post.published_at is None:
        return NOTHING
    return Contribution(
        tags=frozenset(post.post_tags.values_list("tag_id", flat=True)),
        categories=frozenset(post.category.lineage if post.category else ()),
        authors=frozenset(_writers(post)),
        months=frozenset({(post.published_at.year, post.published_at.month)}),
    )


def _writers(post: Post) -> list[int]:
    """Its author and co-authors. The latter as the table has them, not as the post was read."""
    if not post.co_author_count:
        return [post.author_id]
    return [post.author_id, *CoAuthor.objects.filter(post=post).values_list("user_id", flat=True)]


def move(before: Contribution, after: Contribution) -> None:
    """Bring the counters from one contribution to the other; rows are touched in a fixed order, so none deadlock."""
    _shift(Tag, before.tags, after.tags)
    _shift(Category, before.categories, after.categories)
    _shift(User, before.authors, after.authors)
    for year, month in sorted(before.months - after.months):
        ArchiveMonth.objects.filter(year=year, month=month).update(post_count=F("post_count") - 1)
    for year, month in sorted(after.months - before.months):
        ArchiveMonth.objects.get_or_create(year=year, month=month)
        ArchiveMonth.objects.filter(year=year, month=month).update(post_count=F("post_count") + 1)


def _shift(model: type[Model], before: frozenset[int], after: frozenset[int]) -> None:
    rows = model._default_manager
    for pk in sorted(before ^ after):
        rows.filter(pk=pk).update(post_count=F("post_count") + (1 if pk in after else -1))


def due_counts() -> Counter[tuple[str, object]]:
    """What scheduled posts that are due add to the stored counters: (`tag`|`category`|`author`|`month`, id) → number.

    Reads the posts that came due since the last settling, usually none: one query.
    """
    counts: Counter[tuple[str, object]] = Counter()
    for post in Post.objects.due().select_related("category").prefetch_related("post_tags", "co_author_links"):
        counts.update(("tag", row.tag_id) for row in post.post_tags.all())
        counts.update(("category", pk) for pk in (post.category.lineage if post.category else ()))
        counts["author", post.author_id] += 1
        counts.update(("author", link.user_id) for link in post.co_author_links.all())
        if post.published_at is not None:
            counts["month", (post.published_at.year, post.published_at.month)] += 1
    return counts


def recount() -> None:
    """Compute every counter anew from the posts themselves; for repairs and bulk loading."""
    totals: Counter[tuple[str, object]] = Counter()
    published = Post.objects.filter(status=Post.Status.PUBLISHED)
    lineages = {category.pk: category.lineage for category in Category.objects.all()}
    rows = published.values_list("author_id", "category_id", "published_at").iterator(chunk_size=5000)
    for author_id, category_id, published_at in rows:
        totals["author", author_id] += 1
        if published_at is not None:  # always so, by constraint
            totals["month", (published_at.year, published_at.month)] += 1
        totals.update(("category", pk) for pk in lineages.get(category_id, ()))
    shared = CoAuthor.objects.filter(post__status=Post.Status.PUBLISHED)
    totals.update(("author", pk) for pk in shared.values_list("user_id", flat=True).iterator(chunk_size=5000))
    through = Post.tags.through.objects.filter(post__status=Post.Status.PUBLISHED)
    totals.update(("tag", tag_id) for tag_id in through.values_list("tag_id", flat=True).iterator(chunk_size=5000))
    for kind, model in (("tag", Tag), ("category", Category), ("author", User)):
        manager = model._default_manager
        for row in manager.only("pk", "post_count"):
            if row.post_count != totals[kind, row.pk]:
                manager.filter(pk=row.pk).update(post_count=totals[kind, row.pk])
    ArchiveMonth.objects.all().delete()
    months = [(key, count) for (kind, key), count in totals.items() if kind == "month"]
    ArchiveMonth.objects.bulk_create(
        [ArchiveMonth(year=key[0], month=key[1], post_count=count) for key, count in months]  # type: ignore[index]
    )
