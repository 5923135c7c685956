"""What other sites show of a post that is linked there: an oEmbed provider (https://oembed.com)."""

from html import escape
from typing import Any

from apps.feeds.addresses import absolute, author_address, post_address
from apps.media.models import Image
from apps.media.rendering import folders_in
from apps.posts.models import Post
from apps.site.services import get_site

WIDTH, HEIGHT = 600, 240
"""Room for a card, in pixels, where nobody asks for less."""
CACHE_SECONDS = 3600


def card(post: Post, *, max_width: int | None, max_height: int | None) -> dict[str, Any]:
    """The answer about a post: a quotation without scripts or styles, which fits any page. At most two
    queries: for the measures of its cover, and for the text of one without an excerpt."""
    site = get_site()
    return {
        "version": "1.0",
        "type": "rich",
        "title": post.title,
        "author_name": post.author.name,
        "author_url": author_address(post.author.username),
        "provider_name": site.name,
        "provider_url": absolute("/"),
        "cache_age": CACHE_SECONDS,
        "html": _html(post, site.name),
        "width": min(WIDTH, max_width or WIDTH),
        "height": min(HEIGHT, max_height or HEIGHT),
        **_thumbnail(post, max_width, max_height),
    }


def _html(post: Post, site_name: str) -> str:
    address = escape(post_address(post))
    words = f"<p>{escape(post.description)}</p>" if post.description else ""
    return (
        f'<blockquote cite="{address}" lang="{escape(post.language)}">'
        f'<p><a href="{address}"><strong>{escape(post.title or post.slug)}</strong></a></p>{words}'
        f"<p>{escape(post.author.name)} · {escape(site_name)}</p></blockquote>"
    )


def _thumbnail(post: Post, max_width: int | None, max_height: int | None) -> dict[str, Any]:
    """The cover, where its measures are known and it is no larger than what was asked for."""
    folders = folders_in(post.cover_url)
    image = Image.objects.pictures().filter(folder__in=folders).first() if folders else None
    if image is None or not image.width or not image.height:
        return {}
    if image.width > (max_width or image.width) or image.height > (max_height or image.height):
        return {}
    return {
        "thumbnail_url": absolute(post.cover_url),
        "thumbnail_width": image.width,
        "thumbnail_height": image.height,
    }
