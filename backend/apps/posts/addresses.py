"""Which post an address of this site leads to, for whoever names one from outside."""

import re
from urllib.parse import unquote, urlsplit

from django.conf import settings

from apps.common.slugs import is_slug
from apps.posts.models import Post

_PATH = re.compile(r"/posts/([^/]+)/?")


def slug_in(url: str) -> str | None:
    """The slug of a post that the address would be that of, whether or not there is one. By http or https."""
    try:
        parts = urlsplit(url)
        is_ours = parts.netloc.lower() == urlsplit(settings.PUBLIC_URL).netloc.lower()
    except ValueError:
        return None
    found = _PATH.fullmatch(parts.path)
    if not is_ours or parts.scheme not in {"http", "https"} or not found:
        return None
    slug = unquote(found[1])
    return slug if is_slug(slug) else None


def public_post_at(url: str) -> Post | None:
    """The post that everybody may read at the address, or at a former one of it. Without its body; at most two
    queries."""
    slug = slug_in(url)
    if slug is None:
        return None
    posts = Post.objects.visible_to(None).with_relations(with_body=False)
    post: Post | None = posts.filter(slug=slug).first() or posts.filter(slugs__slug=slug).first()
    return post
