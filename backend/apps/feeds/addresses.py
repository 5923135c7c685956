"""Whole addresses of what feeds and the like name: with the site's origin, and in ASCII."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import iri_to_uri

from apps.comments.models import Comment
from apps.common.addresses import address_of
from apps.posts.models import Post


def absolute(address: str, *, base: str = "") -> str:
    """The address as seen from `base` (the site's start, where none is given); what is no address stays as it is."""
    try:
        return iri_to_uri(urljoin(base or f"{settings.PUBLIC_URL}/", address.strip()))
    except ValueError:  # such as an unfinished IPv6 address
        return address


def post_address(post: Post) -> str:
    """Where people read the post."""
    return post.get_absolute_url()


def comment_address(comment: Comment) -> str:
    """Where people read the comment: a place below its post."""
    return f"{post_address(comment.post)}#comment-{comment.pk}"


def author_address(username: str) -> str:
    return address_of("authors", username)


def lasting_id(kind: str, pk: int, year: int) -> str:
    """A tag URI (RFC 4151): the same for good, whatever becomes of the slug. `year`: that of its making."""
    return f"tag:{settings.PUBLIC_HOST},{year}:{kind}/{pk}"
