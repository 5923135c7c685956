"""What search engines are told to look at: an index, and files whose cost does not grow with the publication."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, Max, Model, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.http import Http404
from django.utils import timezone

from apps.accounts.models import User
from apps.common.addresses import address_of
from apps.feeds.addresses import absolute
from apps.feeds.formats.xml import XmlWriter, timestamp
from apps.feeds.html import images_in
from apps.feeds.models import PART_SIZE, SitemapPart, part_of
from apps.pages.models import Page
from apps.posts.models import CoAuthor, Post, PostTag, Series
from apps.tags.models import Category, Tag, lineage_of

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
    """All files that there are. A query for each kind of file, and four."""
    files: dict[str, datetime | None] = {"pages-1": _latest(place.changed_at for place in _standing())}
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
    """One of the files: one query, or two. Raises Http404 for those that there are not."""
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
    """What there is one of: home, archive, and the pages. The first two change with every publication."""
    newest = _newest_first(Post.objects.visible_to(None)).values_list("published_at", flat=True).first()
    yield Place(url=absolute("/"), changed_at=newest)
    yield Place(url=absolute("/archive"), changed_at=newest)
    for slug, updated_at in Page.objects.visible_to(None).values_list("slug", "updated_at")[:PART_SIZE]:
        yield Place(url=address_of("pages", slug), changed_at=updated_at)


def _tags(rows: QuerySet[Any]) -> Iterator[Place]:
    """With their newest posts: one look into an index for each tag."""
    links = PostTag.objects.filter(tag=OuterRef("pk"), published_at__lte=timezone.now())
    newest = Subquery(links.order_by("-published_at", "-post").values("published_at")[:1])
    for slug, published_at in rows.annotate(newest=newest).values_list("slug", "newest"):
        yield Place(url=address_of("tags", slug), changed_at=published_at)


def _categories(rows: QuerySet[Any]) -> Iterator[Place]:
    """With the newest posts in them and below them: one look into an index for each category that there is."""
    published_at: dict[int, datetime] = {}
    used = _rows()["categories"].order_by().annotate(newest=_newest_post(category=OuterRef("pk")))
    for path, newest in used.values_list("path", "newest"):
        for pk in lineage_of(path) if newest else ():
            published_at[pk] = max(newest, published_at.get(pk, newest))
    for pk, slug in rows.values_list("pk", "slug"):
        yield Place(url=address_of("categories", slug), changed_at=published_at.get(pk))


def _series(rows: QuerySet[Any]) -> Iterator[Place]:
    """Without a time: it would take reading all their parts."""
    return (Place(url=address_of("series", slug)) for slug in rows.values_list("slug", flat=True))


def _authors(rows: QuerySet[Any]) -> Iterator[Place]:
    """With their newest posts, as far as they write alone: one look into an index for each."""
    newest = Case(
        When(Exists(CoAuthor.objects.filter(user=OuterRef("pk"))), then=None),
        default=_newest_post(author=OuterRef("pk")),
    )
    for username, published_at in rows.annotate(newest=newest).values_list("username", "newest"):
        yield Place(url=address_of("authors", username), changed_at=published_at)


def _newest_first(posts: QuerySet[Any]) -> QuerySet[Any]:
    """In the order of the indexes of posts."""
    return posts.order_by("-published_at", "-id")


def _newest_post(**of: OuterRef) -> Subquery:
    """When the newest public one of these posts was published."""
    return Subquery(_newest_first(Post.objects.visible_to(None).filter(**of)).values("published_at")[:1])


def _latest(times: Iterable[datetime | None]) -> datetime | None:
    return max((time for time in times if time), default=None)


_PLACES: dict[str, Any] = {
    "posts": _posts,
    "tags": _tags,
    "categories": _categories,
    "series": _series,
    "authors": _authors,
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
