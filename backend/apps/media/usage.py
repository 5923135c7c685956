"""Who shows images. Apps that do say so here, since this one knows none of them.

    @shows_images
    def shown_on_pages(images: Collection[Image], *, kept: bool) -> set[int]: ...

A function answers the ids of those images that its app shows now. With `kept` it adds those that its app would show
again without being given them anew, such as in an earlier revision: they stay, but may be deleted.
"""

from collections.abc import Collection
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from apps.media.models import Image


class Shower(Protocol):
    def __call__(self, images: Collection[Image], *, kept: bool) -> set[int]: ...


_showers: list[Shower] = []


def shows_images(function: Shower) -> Shower:
    """Register a function that knows which images are shown somewhere."""
    _showers.append(function)
    return function


def in_use(images: Collection[Image], *, kept: bool) -> set[int]:
    """Ids of those that are shown anywhere."""
    found: set[int] = set()
    for shower in _showers:
        left = [image for image in images if image.pk not in found]
        if left:
            found |= shower(left, kept=kept)
    return found


def named_in(rows: QuerySet[Any], columns: Collection[str], images: Collection[Image]) -> set[int]:
    """Ids of those images that one of these text columns names: for tables of a few rows, which are all read."""
    clause = Q()
    for column in columns:
        clause |= Q(**{f"{column}__contains": "images/"})
    texts = [text for row in rows.filter(clause).values_list(*columns).iterator(chunk_size=50) for text in row]
    return {image.pk for image in images if any(image.folder in text for text in texts)}
