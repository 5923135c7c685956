"""Which slug a post gets. A slug that any post ever had is never given to another one."""

from apps.common.errors import FieldProblem
from apps.common.slugs import first_free, slugify, unused
from apps.posts.models import Post, PostSlug

MAX_LENGTH = 100


def free_slug(wanted: str, *, post: Post | None = None) -> str:
    """A slug made from the text that no other post has or had; `untitled-1`, `untitled-2`, … for an empty one."""
    base = slugify(wanted, max_length=MAX_LENGTH)
    if not base:
        return f"untitled-{first_free(lambda number: _is_taken(f'untitled-{number}', post))}"
    return unused(base, lambda slug: _is_taken(slug, post), max_length=MAX_LENGTH)


def choose_slug(post: Post, slug: str) -> None:
    """Give the post the slug that somebody chose, or say that it is taken. Does not save the post."""
    if _is_taken(slug, post):
        raise FieldProblem("slug", "Another post has or had this address. Choose another one.", code="unique")
    post.slug = slug
    post.slug_is_custom = True


def remember_slug(post: Post) -> None:
    """Record that the post has its current slug."""
    PostSlug.objects.get_or_create(slug=post.slug, defaults={"post": post})


def _is_taken(slug: str, post: Post | None) -> bool:
    taken = PostSlug.objects.filter(slug=slug)
    if post is not None and post.pk:
        taken = taken.exclude(post_id=post.pk)
    return taken.exists()
