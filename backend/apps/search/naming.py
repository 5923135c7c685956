"""What filters name: tags, categories and people, as the marks that rows bear."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Q

from apps.accounts.models import User
from apps.common.slugs import slugify
from apps.search.matching import author_mark, category_mark, tag_mark
from apps.search.query import Part
from apps.tags.models import Category, Tag

_MANY = 20
MAX_BELOW = 100
"""Categories below those of one name."""


def marks_of(part: Part) -> Iterator[list[str]]:
    """For each name that the part filters by, the marks that it stands for: none where nothing is called so."""
    for name in part.tags:
        yield [tag_mark(pk) for pk in _tags(name)]
    for name in part.categories:
        yield [category_mark(pk) for pk in _categories(name)]
    for name in part.authors:
        yield [author_mark(pk) for pk in _people(name)]


def _tags(name: str) -> list[int]:
    tags = Tag.objects.filter(Q(slug=slugify(name)) | Q(name__iexact=name))
    return list(tags.values_list("pk", flat=True)[:_MANY])


def _categories(name: str) -> list[int]:
    """With those below them, as in their lists."""
    named = Category.objects.filter(Q(slug__in=[name, slugify(name)]) | Q(name__iexact=name))
    paths = list(named.values_list("path", flat=True)[:_MANY])
    if not paths:
        return []
    below = Category.objects.filter(reduce(or_, (Q(path__startswith=path) for path in paths)))
    return list(below.order_by("path").values_list("pk", flat=True)[:MAX_BELOW])


def _people(name: str) -> list[int]:
    """Whose user name it is, else all whose display name it is."""
    people = list(User.objects.filter(username__lower=name.lower()).values_list("pk", flat=True)[:1])
    if not people:
        active = User.objects.filter(Q(post_count__gt=0) | Q(comment_count__gt=0))
        people = list(active.filter(display_name__iexact=name).values_list("pk", flat=True)[:_MANY])
    return people
