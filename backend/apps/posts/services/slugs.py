"""Which slug a post gets. A slug that any post ever had is never given to another one."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError

from apps.common.errors import FieldProblem
from apps.common.slugs import first_free, slugify, unused
from apps.posts.models import Post, PostSlug

MAX_LENGTH = 100
TRIES = 6
P = ParamSpec("P")
T = TypeVar("T")


def free_slug(wanted: str, *, post: Post | None = None) -> str:
    """A slug made from the text that no other post has or had; `untitled-1`, `untitled-2`, … for an empty one."""
    base = slugify(wanted, max_length=MAX_LENGTH)
    if not base:
        return f"untitled-{first_free(lambda number: _is_taken(f'untitled-{number}', post))}"
    return unused(base, lambda slug: _is_taken(slug, post), max_length=MAX_LENGTH)


def choose_slug(post: Post, slug: str) -> None:
    """Give the post the slug that somebody chose, or say that it is taken. Does not save the post."""
    require_free_slug(slug, post)
    post.slug = slug
    post.slug_is_custom = True


def require_free_slug(slug: str, post: Post) -> None:
    """Say so if another post has or had the slug."""
    if _is_taken(slug, post):
        raise FieldProblem("slug", "Another post has or had this address. Choose another one.", code="unique")


def remember_slug(post: Post) -> None:
    """Record that the post has its current slug."""
    row, _ = PostSlug.objects.get_or_create(slug=post.slug, defaults={"post": post})
    if row.post_id != post.pk:
        raise IntegrityError("slug: another post took it in the meantime")


def retry_taken_slug(service: Callable[P, T]) -> Callable[P, T]:
    """Run the (atomic) service again when somebody took the slug between its look and its write: it will choose
    another one, or say that the one that was asked for is taken."""

    @wraps(service)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(TRIES - 1):
            try:
                return service(*args, **kwargs)
            except IntegrityError as error:
                if "slug" not in str(error):
                    raise
        return service(*args, **kwargs)

    return wrapper


def _is_taken(slug: str, post: Post | None) -> bool:
    taken = PostSlug.objects.filter(slug=slug)
    if post is not None and post.pk:
        taken = taken.exclude(post_id=post.pk)
    return taken.exists()
