"""Reads of posts. `visible_to` is the one rule of who sees what; every list, count and detail goes through it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypedDict

from django.db import connection, models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.utils import timezone

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.posts.models import Post, Series  # noqa: F401 - names the model in the generic base

LIVE_STATUSES = ("published", "scheduled")
"""With `published_at` in the past, both are visible: no job has to run for a scheduled post to appear."""

MANY_POSTS = 1000
SUMMARY_COLUMNS = (
    "slug",
    "title",
    "tag_names",
    "excerpt",
    "cover_url",
    "cover_alt",
    "cover_image",
    "status",
    "featured",
    "published_at",
    "created_at",
    "updated_at",
    "reading_minutes",
    "comment_count",
    "like_count",
    "language",
    "canonical_url",
    "comment_policy",
    "thread_locked",
    "version",
    "co_author_count",
    "review_state",
    "series",
    "series_position",
)
BODY_COLUMNS = ("body", "body_format", "body_html")
COVER_COLUMNS = ("folder", "state", "width", "height", "placeholder", "renditions", "retired_at")
RELATED_COLUMNS = (
    "author__username",
    "author__display_name",
    "author__avatar_url",
    "category__slug",
    "category__name",
    *(f"cover_image__{name}" for name in COVER_COLUMNS),
)


class PartOfSeries(TypedDict):
    """A post as a part of a series: the series, which part of it readers meet here, and how many there are."""

    slug: str
    title: str
    position: int
    count: int


class HasLiveStatus(models.Func):
    """`status IN ('published', 'scheduled')` with the words in the SQL. SQLite uses a partial index only where it can
    prove the index's condition when it prepares the statement, and bound parameters have no values by then."""

    template = "%(expressions)s IN (" + ", ".join(f"'{status}'" for status in LIVE_STATUSES) + ")"
    output_field = models.BooleanField()

    def __init__(self) -> None:
        super().__init__(F("status"))


class PostQuerySet(models.QuerySet["Post"]):
    def live(self) -> PostQuerySet:
        """Posts that everybody may read now."""
        if connection.vendor == "sqlite":
            # SQLite takes one upper bound to walk an index from. The plus sign keeps it from taking "now" where a page
            # or a month begins further down: it would read everything in between.
            plain = models.Func(F("published_at"), template="+%(expressions)s", output_field=models.DateTimeField())
            return self.alias(plain_time=plain).filter(HasLiveStatus(), plain_time__lte=timezone.now())
        return self.filter(HasLiveStatus(), published_at__lte=timezone.now())

    def due(self) -> PostQuerySet:
        """Scheduled posts whose time has come but whose status has not been settled yet."""
        return self.filter(status="scheduled", published_at__lte=timezone.now())

    def waiting(self) -> PostQuerySet:
        """Scheduled posts whose time is still to come."""
        return self.filter(status="scheduled", published_at__gt=timezone.now())

    def visible_to(self, user: Any) -> PostQuerySet:
        """Live posts, those that one writes, alone or with others, and all of them for those who may edit any.

        For one post, or those of a few. Lists take one branch each: `by`, `shared_with`, `live`.
        """
        from apps.posts.models import CoAuthor

        if user is None or not user.is_authenticated:
            return self.live()
        if user.has_perm("posts.view_post"):
            return self
        shared = Exists(CoAuthor.objects.filter(post=OuterRef("pk"), user=user.pk))
        live = Q(HasLiveStatus(), published_at__lte=timezone.now())
        return self.filter(live | Q(author_id=user.pk) | (Q(co_author_count__gt=0) & shared))

    def shared_with(self, user: User) -> PostQuerySet:
        """Posts of others that this person is a co-author of."""
        return self.filter(co_author_links__user=user)

    def submitted(self) -> PostQuerySet:
        """Posts that wait for an editor's review. (The word stands in the SQL, as in `HasLiveStatus`.)"""
        waits = models.Func(
            F("review_state"), template="%(expressions)s = 'submitted'", output_field=models.BooleanField()
        )
        return self.filter(waits).exclude(status="trashed")

    def with_relations(self, *, with_body: bool = True) -> PostQuerySet:
        """With author, category and the picture of the cover as answers show them, in one query.

        Only the columns that are shown are read: naming fewer is most of what makes these queries fast.
        """
        columns = (*SUMMARY_COLUMNS, *RELATED_COLUMNS, *(BODY_COLUMNS if with_body else ()))
        return self.select_related("author", "category", "cover_image").only(*columns)

    def tagged(self, tag_id: int) -> PostQuerySet:
        """Of live posts, those with the tag. Order them by `listed_at` and `listed_id`, copies of the publication time
        and the id that one index holds for each tag. (As annotations: filters would each join the table anew.)"""
        link = FilteredRelation("post_tags", condition=Q(post_tags__tag_id=tag_id))
        listed = self.alias(link=link).alias(listed_at=F("link__published_at"), listed_id=F("link__post_id"))
        return listed.filter(listed_at__lte=timezone.now())

    def in_categories(self, ids: Sequence[int], *, post_count: int) -> PostQuerySet:
        """Posts in any of the categories, which hold `post_count` posts together.

        SQLite would collect and sort them all for each page. Where they are many, it is quicker to walk down the list
        of all posts and pick: the plus sign keeps the category out of the choice of an index.
        """
        if connection.vendor == "sqlite" and len(ids) > 1 and post_count > MANY_POSTS:
            plain = models.Func(F("category_id"), template="+%(expressions)s", output_field=models.BigIntegerField())
            return self.alias(plain_category=plain).filter(plain_category__in=ids)
        return self.filter(category_id__in=ids)

    def workflows(self, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Where the writing of these posts stands, by id: review, trash, working copy. One query."""
        copy = [f"working_copy__{name}" for name in ("version", "base_version", "updated_at")]
        return {
            pk: {
                "review_state": state,
                "trashed_at": trashed_at,
                "working_copy": {"version": version, "base_version": base, "updated_at": at} if version else None,
            }
            for pk, state, trashed_at, version, base, at in self.filter(pk__in=ids)
            .order_by()
            .values_list("pk", "review_state", "trashed_at", *copy)
        }

    def by(self, author: User) -> PostQuerySet:
        return self.filter(author=author)

    def in_period(self, year: int, month: int | None = None) -> PostQuerySet:
        """Published in that year, or that month of it (UTC)."""
        start = datetime(year, month or 1, 1, tzinfo=UTC)
        end = datetime(year + (month in {None, 12}), 1 if month in {None, 12} else (month or 0) + 1, 1, tzinfo=UTC)
        return self.filter(published_at__gte=start, published_at__lt=end)


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to(self, user: Any) -> SeriesQuerySet:
        """Those with a part that the user may see; for those who write posts, all of them, to put their own in."""
        from apps.posts.models import Post

        if user is not None and user.is_authenticated and user.has_perm("posts.add_post"):
            return self
        return self.filter(Exists(Post.objects.visible_to(user).filter(series=OuterRef("pk"))))


def load_series(posts: Sequence[Post]) -> None:
    """Fill `shown_series`: no query where none of these posts is in a series, else two for all of them. Parts are
    counted as readers see them: one that is not public yet stands where it will."""
    from apps.posts.models import Post, Series

    asked = [(post, post.series_id) for post in posts if post.series_id and "loaded_series" not in post.__dict__]
    wanted = {series_id for _, series_id in asked}
    if not wanted:
        return
    names = {row.pk: row for row in Series.objects.filter(pk__in=wanted)}
    places: dict[int, list[tuple[Any, int]]] = {pk: [] for pk in wanted}
    live = Post.objects.live().filter(series__in=wanted).order_by()
    for in_series, position, pk in live.values_list("series_id", "series_position", "pk"):
        places[in_series].append((position, pk))
    for post, series_id in asked:
        others = [place for place in places[series_id] if place[1] != post.pk]
        before = sum(place < (post.series_position, post.pk) for place in others)
        series = names[series_id]
        part = PartOfSeries(slug=series.slug, title=series.title, position=before + 1, count=len(others) + 1)
        post.__dict__["loaded_series"] = part


def load_tags(posts: Sequence[Post]) -> None:
    """Fill `tag_names` where it is missing, with one query for all of these posts."""
    from apps.posts.models import PostTag

    missing: dict[int, list[list[str]]] = {post.pk: [] for post in posts if post.tag_names is None}
    if not missing:
        return
    links = PostTag.objects.filter(post_id__in=missing).order_by("position", "id")
    for post_id, slug, name in links.values_list("post_id", "tag__slug", "tag__name"):
        missing[post_id].append([slug, name])
    for post in posts:
        if post.pk in missing:
            post.tag_names = missing[post.pk]


def load_co_authors(posts: Sequence[Post]) -> None:
    """Fill `co_authors`, with one query for all of these posts that have any."""
    from apps.posts.models import CoAuthor

    found: dict[int, list[User]] = {post.pk: [] for post in posts if post.co_author_count}
    if found:
        links = CoAuthor.objects.filter(post_id__in=found).select_related("user").order_by("id")
        for link in links.only("post_id", "user__username", "user__display_name", "user__avatar_url"):
            found[link.post_id].append(link.user)
    for post in posts:
        post.__dict__["loaded_co_authors"] = found.get(post.pk, [])
