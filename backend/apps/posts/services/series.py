"""Series and their parts. Whoever changes the parts of a series holds the lock on its row, taken after that of the post
that moves; the rows of two series are locked in one order."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from apps.common.errors import FieldProblem
from apps.common.outbox import record
from apps.common.slugs import slugify, without_marks
from apps.posts.content import PostChanges
from apps.posts.errors import SeriesGone
from apps.posts.models import Post, Series

MAX_PARTS = 200
"""Parts of one series; lists of them are not paginated."""


def series_slug(text: str) -> str:
    """The slug that this title or slug leads to. Refuses what cannot be one."""
    slug = slugify(text)
    if not slug:
        raise FieldProblem("series", f"{text!r} cannot be a series: it has no letters or digits.")
    return slug


def join_series(post: Post, changes: PostChanges) -> None:
    """Put the post into the series that the changes name, at the place that they name or at the end, or take it out.
    An unknown series is made. The post itself is not saved; once it is, `drop_if_left` looks at the series that it was
    in."""
    left = post.series_id
    if "series" in changes and not (changes["series"] or "").strip():
        post.series = post.series_position = None
        return
    if "series" in changes:
        series = _named(changes["series"] or "", left)
    elif left is None:
        raise FieldProblem("series_position", "The post is in no series. Give the series as well.")
    else:
        series = _lock(left)[left]
    position = changes.get("series_position")
    if series.pk == post.series_id and position is None:
        return
    others = _parts(series).exclude(pk=post.pk)
    if len(others) >= MAX_PARTS:
        raise FieldProblem("series", f"A series has at most {MAX_PARTS} parts.", code="max_length")
    post.series = series
    if position is None:
        last = others.aggregate(last=Max("series_position"))["last"] or 0
        post.series_position = last + 1
    else:
        post.series_position = _make_room(list(others), position)


def drop_if_left(series_id: int | None) -> None:
    """Remove the series that a post has just left if it was the last part, in whatever state, and if naming the series
    once more makes the same one: so drafts and versions that name it bring it back. A description and an address that
    does not follow from the title are an editor's work, and stay until they delete it."""
    for series in _lock(series_id).values():
        is_plain = not series.description and slugify(series.title) == series.slug
        if is_plain and not _parts(series).exists():
            _delete(series)


@transaction.atomic
def save_series(*, series: Series | None = None, parts: Sequence[Post] | None = None, **changes: Any) -> Series:
    """Create a series, or change one. Its slug follows from the title unless one is given. `parts`: posts that are in
    it, in their order; what is left out of them follows behind."""
    series = _present(series) if series else Series()
    for name in ("title", "slug", "description"):
        if name in changes:
            setattr(series, name, changes[name])
    series.slug = series.slug or slugify(series.title)
    # What authors type leads to a series through `slugify`; a slug of another form could never be found again.
    if not series.slug or slugify(series.slug) != series.slug:
        raise FieldProblem("slug", "Use lower-case letters and digits with single hyphens between them.")
    if Series.objects.filter(slug=series.slug).exclude(pk=series.pk).exists():
        raise FieldProblem("slug", "Another series has this address.", code="unique")
    series.save()
    if parts is not None:
        _order_parts(series, parts)
    record("series.saved", {"series_id": series.pk})
    return series


@transaction.atomic
def delete_series(series: Series) -> None:
    """Delete a series; its parts stay, as posts on their own."""
    parts = Post.objects.filter(series=series)
    parts.update(series=None, series_position=None)
    series = _present(series)
    parts.update(series=None, series_position=None)  # those that came before the row was locked
    _delete(series)


def _delete(series: Series) -> None:
    record("series.deleted", {"series_id": series.pk, "slug": series.slug})
    series.delete()


def _named(text: str, left: int | None) -> Series:
    """The series that this title or slug leads to, made where there is none. It is locked, and so is the one that the
    post leaves for it."""
    text = " ".join(text.split())
    slug = series_slug(text)
    former = without_marks(slug)
    if former != slug and Series.objects.filter(slug=former, title=text).exists():
        slug = former
    while True:
        series, is_new = Series.objects.get_or_create(slug=slug, defaults={"title": text[:120]})
        if is_new:
            record("series.saved", {"series_id": series.pk})
        locked = _lock(series.pk, left)
        if series.pk in locked:
            return locked[series.pk]
        # Its last part left it in the meantime, and it went with that.


def _lock(*ids: int | None) -> dict[int, Series]:
    """Those of these that there are, by id; locked in one order, so that no two writers wait for each other."""
    wanted = {pk for pk in ids if pk is not None}
    rows = Series.objects.select_for_update().filter(pk__in=wanted).order_by("pk") if wanted else ()
    return {row.pk: row for row in rows}


def _present(series: Series) -> Series:
    """The series, locked. Refuses one that has gone."""
    found = _lock(series.pk).get(series.pk)
    if found is None:
        raise SeriesGone
    return found


def _parts(series: Series) -> Any:
    return Post.objects.filter(series=series).order_by("series_position", "id").only("pk", "series_position")


def _make_room(others: list[Post], position: int) -> int:
    """Number the others anew, one place left free for a post that comes at `position`; where that is."""
    place = max(1, min(position, len(others) + 1))
    _number(others[: place - 1], start=1)
    _number(others[place - 1 :], start=place + 1)
    return place


def _order_parts(series: Series, parts: Sequence[Post]) -> None:
    wanted = {part.pk: place for place, part in enumerate(parts)}
    rows = sorted(_parts(series), key=lambda part: wanted.get(part.pk, MAX_PARTS))
    _number(rows, start=1)


def _number(rows: Sequence[Post], *, start: int) -> None:
    moved = [(row, place) for place, row in enumerate(rows, start) if row.series_position != place]
    for row, place in moved:
        row.series_position = place
    Post.objects.bulk_update([row for row, _ in moved], ["series_position"])
