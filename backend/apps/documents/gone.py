"""What was here and was taken away: search engines forget it sooner than what is only missing."""

from __future__ import annotations

import re
from urllib.parse import unquote

from apps.common.slugs import is_slug
from apps.posts.models import Post
from apps.posts.querysets import LIVE_STATUSES

_POST = re.compile(r"/posts/([^/]+)\Z")


def is_gone(path: str) -> bool:
    """Whether a post was public at this address and is in the trash now. Drafts were never anywhere."""
    match = _POST.match(path)
    slug = unquote(match[1]) if match else ""
    if not is_slug(slug):
        return False
    trashed = Post.objects.filter(status=Post.Status.TRASHED, trashed_from__in=LIVE_STATUSES)
    return bool(trashed.filter(slugs__slug=slug).exists())
