"""Likes, reading lists and followed tags in the archive of an account, and when it goes."""

from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.leaving import Fate
from apps.accounts.models import User
from apps.comments.models import Comment
from apps.comments.services import add_comment
from apps.posts.models import Post
from apps.posts.services import archive_post
from apps.posts.tests.factories import make_post
from apps.profiles.deletion import delete_account
from apps.profiles.personal_data import sections
from apps.reactions.models import Bookmark, CommentLike, PostLike
from apps.reactions.services import add_bookmark, like_comment, like_post, recount_reactions
from apps.tags.following import follow_tag
from apps.tags.models import Tag, TagFollow

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(reader: User, outsider: User, author: User) -> tuple[Post, Comment]:
    """Two readers like, keep and follow the same."""
    post = make_post(author, title="On salt", tags=["salt"])
    comment = add_comment(post=post, author=author, body="Hm.")
    for user in (reader, outsider):
        like_post(post=post, user=user)
        like_comment(comment=comment, user=user)
        add_bookmark(post=post, user=user)
        follow_tag(follower=user, tag=Tag.objects.get())
    return post, comment


def written(user: User) -> dict[str, Any]:
    found = dict(sections(user))
    names = ("liked_posts", "liked_comments", "reading_list", "followed_tags")
    return {name: [{k: v for k, v in row.items() if k != "created_at"} for row in found[name]] for name in names}


def test_archive_says_what_one_likes_keeps_and_follows(scene: Any, reader: User, author: User) -> None:
    post, comment = scene
    assert written(reader) == {
        "liked_posts": [{"post_id": post.pk, "title": "On salt"}],
        "liked_comments": [{"comment_id": comment.pk, "post_id": post.pk, "title": "On salt"}],
        "reading_list": [{"post_id": post.pk, "title": "On salt"}],
        "followed_tags": [{"tag_name": "salt"}],
    }
    assert set(map(len, written(author).values())) == {0}


def test_archive_names_no_post_that_one_may_not_see_any_more(scene: Any, reader: User) -> None:
    archive_post(post=scene[0])
    assert {row["title"] for name in ("liked_posts", "reading_list") for row in written(reader)[name]} == {""}


def test_likes_of_a_deleted_account_leave_the_counts(scene: Any, reader: User, outsider: User) -> None:
    post, comment = scene
    User.objects.filter(pk=reader.pk).update(
        deletion_due_at=timezone.now(), deletion_choice={"posts": Fate.KEEP, "comments": Fate.KEEP}
    )
    reader.refresh_from_db()
    for _ in range(2):
        delete_account(reader)

    assert Post.objects.get(pk=post.pk).like_count == 1
    assert Comment.objects.get(pk=comment.pk).like_count == 1
    for rows in (PostLike, CommentLike, Bookmark):
        assert list(rows.objects.values_list("user_id", flat=True)) == [outsider.pk]
    assert list(TagFollow.objects.values_list("follower_id", flat=True)) == [outsider.pk]
    assert set(recount_reactions().values()) == {0}
