"""Reads of comments. `visible_to` is the one rule of who sees what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connections, models
from django.db.models import F, Func, Q, Value

if TYPE_CHECKING:
    from apps.comments.models import Comment  # noqa: F401 - names the model in the generic base


SHOWN_COLUMNS = (
    "post_id",
    "parent_id",
    "path",
    "root_id",
    "guest_name",
    "guest_url",
    "body",
    "body_html",
    "status",
    "visible_descendants",
    "reply_count",
    "like_count",
    "version",
    "created_at",
    "edited_at",
)


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: Any) -> CommentQuerySet:
        """Visible comments and the places of others that still carry visible replies (their text is not shown);
        one's own that wait for approval; all for moderators. The post's own visibility applies as well."""
        from apps.posts.models import Post

        posts = Post.objects.visible_to(user)
        if user is not None and user.is_authenticated and user.has_perm("comments.view_comment"):
            return self.filter(post__in=posts)
        return self.filter(post__in=posts).shown_to(user)

    def shown_to(self, user: Any) -> CommentQuerySet:
        """The rule within one post that the caller may see."""
        shown = Q(status="visible") | Q(visible_descendants__gt=0)
        if user is not None and user.is_authenticated:
            if user.has_perm("comments.view_comment"):
                return self
            shown |= Q(author_id=user.pk, status="pending")
        return self.filter(shown)

    def arrived_in(self, post: Any) -> CommentQuerySet:
        """Those under one post (an id, or an expression), to be taken in the order of `-post_id, -id` or `post_id, id`.

        Written as a range, so that only the index of both columns gives that order. Otherwise the database takes a busy
        post to be everywhere in the table, and walks over everybody's comments looking for it.
        """
        return self.filter(post_id__gte=post, post_id__lte=post)

    def arrived_after(self, post: int, pk: int) -> CommentQuerySet:
        """Of those under the post, whatever came later than that id; to be taken in the order of `post_id, id`.

        Row values keep PostgreSQL's planner to the index of both columns; SQLite takes only the first of them there.
        """
        if connections[self.db].vendor == "sqlite":
            return self.filter(post=post, pk__gt=pk)
        here = Func(F("post_id"), F("id"), template="(%(expressions)s)")
        there = Func(Value(post), Value(pk), template="(%(expressions)s)")
        later = Func(here, there, template="%(expressions)s", arg_joiner=" > ", output_field=models.BooleanField())
        return self.filter(later, post_id__lte=post)

    def for_list(self) -> CommentQuerySet:
        """With their authors as answers show them: one query."""
        return self.select_related("author").only(
            *SHOWN_COLUMNS, "author__username", "author__display_name", "author__avatar_url"
        )
