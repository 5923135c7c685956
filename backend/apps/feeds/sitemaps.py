"""What search engines are told to look at: an index, and files whose cost does not grow with the publication."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, Max, Model, OuterRef, QuerySet, TextField, Value, When
from django.http import Http404

from apps.accounts.models import User
from apps.common.addresses import address_of
from apps.feeds.addresses import absolute
from apps.feeds.formats.xml import XmlWriter, timestamp
from apps.feeds.html import images_in
from apps.feeds.models import PART_SIZE, SitemapPart, part_of
from apps.pages.models import Page
from apps.posts.models import Post, Series
from apps.tags.models import Category, Tag

IMAGES_A_POST = 20
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"


@dataclass(frozen=True, kw_only=True)
class Place:
    """An address, when what is there changed, and the images that it shows."""

    url: str
    changed_at: datetime | None = None
    images: tuple[str, ...] = ()


def sitemap_index() -> bytes:
    """All files that there are. A query for each kind of file, and two."""
    files: dict[str, datetime | None] = {"pages-1": None}
    files |= {f"posts-{number}": changed_at for number, changed_at in _files_of_posts().items()}
    for kind, rows in _rows().items():
        if kind != "posts":
            files |= dict.fromkeys(f"{kind}-{number}" for number in _numbers(rows))
    xml = XmlWriter()
    with xml.within("sitemapindex", {"xmlns": _NAMESPACE}):
        for name, changed_at in files.items():
            with xml.within("sitemap"):
                xml.add("loc", absolute(f"/sitemaps/{name}.xml"))
                if changed_at:
                    xml.add("lastmod", timestamp(changed_at))
    return xml.document()


def sitemap_part(kind: str, number: int) -> bytes:
    """One of the files: one query. Raises Http404 for those that there are not."""
    if kind == "pages":
        places = _standing() if number == 1 else []
    else:
        rows = _rows().get(kind)
        if rows is None:
            raise Http404
        places = _PLACES[kind](_within(rows, number))
    found = list(places)
    if not found:
        raise Http404
    return _written(found)


def _rows() -> dict[str, QuerySet[Any]]:
    """What everybody may see, by the kind of file that it is in."""
    return {
        "posts": Post.objects.visible_to(None),
        "tags": Tag.objects.in_use(),
        "categories": Category.objects.filter(post_count__gt=0),
        "series": Series.objects.visible_to(None),
        "authors": User.objects.visible_to(None).with_posts(),
    }


def _files_of_posts() -> dict[int, datetime | None]:
    """The files that hold a public post, and when each changed. One look at each file, however many posts it holds; a
    query of its own only for one of which nothing has been noted."""
    posts = Post.objects.visible_to(None).order_by()
    end = OuterRef("number") * PART_SIZE
    noted = SitemapPart.objects.annotate(has_posts=Exists(posts.filter(pk__gt=end - PART_SIZE, pk__lte=end)))
    found: dict[int, datetime | None] = {}
    empty = set()
    for part in noted:
        if part.has_posts:
            found[part.number] = part.changed_at
        else:
            empty.add(part.number)
    newest = Post.objects.aggregate(Max("pk"))["pk__max"]
    for number in range(1, part_of(newest) + 1) if newest else ():
        if number not in found and number not in empty and _within(posts, number).exists():
            found[number] = None
    return dict(sorted(found.items()))


def _numbers(rows: QuerySet[Model]) -> list[int]:
    """The files that have anything in them."""
    numbers = rows.order_by().annotate(part=(F("pk") - 1) / PART_SIZE + 1).values_list("part", flat=True)
    return sorted(set(numbers.distinct()))


def _within(rows: QuerySet[Model], number: int) -> QuerySet[Model]:
    first = (number - 1) * PART_SIZE + 1
    return rows.filter(pk__gte=first, pk__lt=first + PART_SIZE).order_by("pk")


def _posts(rows: QuerySet[Any]) -> Iterator[Place]:
    """Those that have their home here. Of the texts, only those that show an image are read."""
    with_images = Case(
        When(body_html__contains="<img", then=F("body_html")), default=Value(""), output_field=TextField()
    )
    here = rows.filter(canonical_url="").annotate(text=with_images)
    columns = ("slug", "updated_at", "published_at", "cover_url", "text")
    for slug, updated_at, published_at, cover, text in here.values_list(*columns).iterator(chunk_size=200):
        images = dict.fromkeys([*([absolute(cover)] if cover else []), *images_in(text, limit=IMAGES_A_POST)])
        changed_at = max(updated_at, published_at)
        yield Place(url=address_of("posts", slug), changed_at=changed_at, images=tuple(images))


def _standing() -> Iterator[Place]:
    """What there is one of: home, archive, and the pages."""
    yield Place(url=absolute("/"))
    yield Place(url=absolute("/archive"))
    for slug, updated_at in Page.objects.visible_to(None).values_list("slug", "updated_at")[:PART_SIZE]:
        yield Place(url=address_of("pages", slug), changed_at=updated_at)


def _at(folder: str, column: str = "slug") -> Any:
    def places(rows: QuerySet[Any]) -> Iterator[Place]:
        return (Place(url=address_of(folder, name)) for name in rows.values_list(column, flat=True))

    return places


_PLACES: dict[str, Any] = {
    "posts": _posts,
    "tags": _at("tags"),
    "categories": _at("categories"),
    "series": _at("series"),
    "authors": _at("authors", "username"),
}


def _written(places: Iterable[Place]) -> bytes:
    xml = XmlWriter()
    with xml.within("urlset", {"xmlns": _NAMESPACE, "xmlns:image": _IMAGES}):
        for place in places:
            with xml.within("url"):
                xml.add("loc", place.url)
                if place.changed_at:
                    xml.add("lastmod", timestamp(place.changed_at))
                for image in place.images:
                    with xml.within("image:image"):
                        xml.add("image:loc", image)
    return xml.document()
