"""The content of a post: what its author edits, apart from its state. Revisions and working copies are made of it."""

import re
from typing import Any, NotRequired, TypedDict, cast

from apps.common.slugs import slugify
from apps.posts.models import Post
from apps.tags.models import Category

_LETTER = re.compile(r"[^\W_]")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_MARK = re.compile(r"<[^<>]*>")


class Cover(TypedDict):
    """The picture at the top of a post."""

    url: str
    alt: str


class Content(TypedDict):
    """What an author edits, as JSON. `tags`: names in order; `category`: a slug."""

    title: str
    slug: NotRequired[str]
    """The address; left out where the content stands for a post at whatever address it has."""
    excerpt: str
    body: str
    body_format: str
    cover: Cover | None
    tags: list[str]
    category: str | None
    series: NotRequired[str | None]
    """Its title, or its slug where the title does not lead there; revisions from before there were series lack it."""
    language: str
    canonical_url: str
    comment_policy: str


class PostChanges(TypedDict, total=False):
    """What a write may change; absent keys stay as they are. `tags`: names or slugs, in order; `series`: title
    or slug; `series_position`: the place among its parts, from 1, the others making room."""

    title: str
    slug: str
    excerpt: str
    body: str
    body_format: str
    cover_url: str
    cover_alt: str
    tags: list[str]
    category: Category | None
    series: str | None
    series_position: int
    language: str
    canonical_url: str
    comment_policy: str
    featured: bool


def content_of(post: Post) -> Content:
    """The content that the post has now. At most one query for its category, one for its tags, one for its series."""
    return {
        "title": post.title,
        "slug": post.slug,
        "excerpt": post.excerpt,
        "body": post.body,
        "body_format": str(post.body_format),
        "cover": {"url": post.cover_url, "alt": post.cover_alt} if post.cover_url else None,
        "tags": [_reference(slug, name) for slug, name in post.shown_tags],
        "category": post.category.slug if post.category else None,
        "series": _reference(post.series.slug, post.series.title) if post.series else None,
        "language": post.language,
        "canonical_url": post.canonical_url,
        "comment_policy": str(post.comment_policy),
    }


def changes_from(content: Content) -> PostChanges:
    """What a write has to change so that a post has this content. A category that is gone is skipped, tags and a series
    that are gone are made again by the write. At most one query."""
    cover = content["cover"] or {"url": "", "alt": ""}
    changes: PostChanges = {
        "title": content["title"],
        "excerpt": content["excerpt"],
        "body": content["body"],
        "body_format": content["body_format"],
        "cover_url": cover["url"],
        "cover_alt": cover["alt"],
        "tags": content["tags"],
        "language": content["language"],
        "canonical_url": content["canonical_url"],
        "comment_policy": content["comment_policy"],
    }
    if "slug" in content:
        changes["slug"] = content["slug"]
    if "series" in content:
        changes["series"] = content["series"]
    category = Category.objects.filter(slug=content["category"]).first() if content["category"] else None
    if category is not None or content["category"] is None:
        changes["category"] = category
    return changes


def with_changes(content: Content, changes: PostChanges) -> Content:
    """The content after a write of these changes. Runs no query."""
    plain: dict[str, Any] = {
        name: value for name, value in changes.items() if name in content or name in {"slug", "series"}
    }
    if "category" in changes:
        plain["category"] = changes["category"].slug if changes["category"] else None
    if "cover_url" in changes:
        url, alt = changes["cover_url"], changes.get("cover_alt", "")
        plain["cover"] = {"url": url, "alt": alt} if url else None
    return cast("Content", {**content, **plain})


def without_body(content: Content) -> dict[str, Any]:
    """Everything but the body, as rows keep it beside the body."""
    return {name: value for name, value in content.items() if name != "body"}


def with_body(kept: dict[str, Any], body: str) -> Content:
    """The whole content, from the two columns of a row."""
    return cast("Content", {**kept, "body": body})


def count_words(content: Content) -> int:
    """Words of the body without its marks; each ideograph counts as one. Takes time in step with the length."""
    text = content["body"]
    if content["body_format"] == Post.BodyFormat.HTML:
        text = _MARK.sub(" ", text)
    ideographs = len(_IDEOGRAPH.findall(text))
    pieces = (_IDEOGRAPH.sub(" ", text) if ideographs else text).split()
    return ideographs + sum(piece.isalnum() or _LETTER.search(piece) is not None for piece in pieces)


def _reference(slug: str, name: str) -> str:
    """The name of a tag or a series where it leads back to it, else its slug."""
    return name if slugify(name) == slug else slug
