"""What somebody likes, keeps and follows, as rows to be written down. What they may not see any more is named by its
number alone."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Value, When

from apps.accounts.models import User
from apps.posts.models import Post
from apps.reactions.models import Bookmark, CommentLike, PostLike
from apps.tags.models import TagFollow

_CHUNK = 500


def reaction_sections(user: User) -> Iterator[tuple[str, Any]]:
    """Names and contents, the oldest row first."""
    likes = PostLike.objects.filter(user=user)
    yield "liked_posts", _rows(_with_title(likes, user, "post"), "post_id title created_at")
    comments = CommentLike.objects.filter(user=user).annotate(post_id=F("comment__post_id"))
    yield "liked_comments", _rows(_with_title(comments, user, "comment__post"), "comment_id post_id title created_at")
    kept = Bookmark.objects.filter(user=user)
    yield "reading_list", _rows(_with_title(kept, user, "post"), "post_id title created_at")
    tags = TagFollow.objects.filter(follower=user).annotate(tag_name=F("tag__name"))
    yield "followed_tags", _rows(tags, "tag_name created_at")


def _with_title(rows: QuerySet[Any], user: User, post: str) -> QuerySet[Any]:
    seen = Exists(Post.objects.visible_to(user).filter(pk=OuterRef(f"{post}_id")))
    title = Case(When(seen, then=F(f"{post}__title")), default=Value(""), output_field=CharField())
    titled: QuerySet[Any] = rows.annotate(title=title)
    return titled


def _rows(queryset: QuerySet[Any], fields: str) -> Iterator[dict[str, Any]]:
    return iter(queryset.order_by("id").values(*fields.split()).iterator(chunk_size=_CHUNK))
