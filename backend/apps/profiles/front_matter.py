"""Posts as files: what is known about one as YAML on top, its body below."""

import json
import re
from datetime import datetime
from typing import Any

from apps.posts.models import Post

_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def with_front_matter(post: Post) -> str:
    """The whole file."""
    members = "\n".join(f"{name}: {_yaml(value)}" for name, value in _members(post).items())
    return f"---\n{members}\n---\n\n{post.body}\n"


def _members(post: Post) -> dict[str, Any]:
    return {
        "title": post.title,
        "slug": post.slug,
        "url": post.get_absolute_url(),
        "status": post.effective_status,
        "published_at": post.published_at,
        "created_at": post.created_at,
        "updated_at": post.updated_at,
        "excerpt": post.excerpt,
        "category": post.category.name if post.category else None,
        "tags": [name for _, name in post.shown_tags],
        "cover_url": post.cover_url,
        "cover_alt": post.cover_alt,
        "canonical_url": post.canonical_url,
        "language": post.language,
        "featured": post.featured,
        "comment_policy": post.comment_policy,
        "comment_count": post.comment_count,
        "like_count": post.like_count,
        "version": post.version,
    }


def _yaml(value: Any) -> str:
    """JSON is YAML, but for a few characters that have to be escaped."""
    if isinstance(value, datetime):
        return value.isoformat()
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
