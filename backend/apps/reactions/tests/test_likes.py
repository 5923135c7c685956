"""Liking posts and comments over HTTP."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.relations import block, unblock
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment, delete_comment, moderate_comment
from apps.common.models import OutboxMessage
from apps.posts.models import Post
from apps.posts.services import delete_post
from apps.posts.tests.factories import make_post
from apps.reactions.models import CommentLike, PostLike
from apps.reactions.services import like_comment, like_post, recount_reactions, unlike_post

pytestmark = pytest.mark.django_db


def events(name: str) -> list[dict[str, Any]]:
    return list(OutboxMessage.objects.filter(event=name).order_by("id").values_list("payload", flat=True))


def test_liking_a_post_twice_is_liking_it_once(api: Any, reader: User, author: User) -> None:
    post = make_post(author)
    client = api(reader)
    for _ in range(2):
        response = client.put(f"/api/v1/posts/{post.slug}/like")
        assert (response.status_code, response.json()) == (200, {"liked": True, "like_count": 1})
    api(author).put(f"/api/v1/posts/{post.slug}/like")
    for _ in range(2):
        assert client.delete(f"/api/v1/posts/{post.slug}/like").json() == {"liked": False, "like_count": 1}

    assert api().get(f"/api/v1/posts/{post.slug}").json()["like_count"] == 1
    told = [{"user_id": pk, "post_id": post.pk} for pk in (reader.pk, author.pk)]
    assert events("reactions.liked") == told
    assert events("reactions.unliked") == told[:1]


def test_liking_a_comment_twice_is_liking_it_once(api: Any, reader: User, author: User) -> None:
    comment = add_comment(post=make_post(author), author=author, body="Hm.")
    client, path = api(reader), f"/api/v1/comments/{comment.pk}/like"
    for _ in range(2):
        assert client.put(path).json() == {"liked": True, "like_count": 1}
    for _ in range(2):
        assert client.delete(path).json() == {"liked": False, "like_count": 0}

    assert (
        events("reactions.liked") == events("reactions.unliked") == [{"user_id": reader.pk, "comment_id": comment.pk}]
    )


def test_like_leaves_the_version_that_an_author_writes_against(api: Any, reader: User, author: User) -> None:
    post = make_post(author)
    tag = api(author).get(f"/api/v1/posts/{post.slug}").headers["ETag"]
    api(reader).put(f"/api/v1/posts/{post.slug}/like")

    changed = api(author).patch(f"/api/v1/posts/{post.slug}", {"title": "New"}, headers={"If-Match": tag})
    assert changed.status_code == 200
    assert changed.json()["like_count"] == 1


def test_old_address_leads_to_the_new_one(api: Any, reader: User, author: User) -> None:
    post = make_post(author, title="Salt")
    api(author).patch(f"/api/v1/posts/{post.slug}", {"slug": "sugar"}, headers={"If-Match": "*"})

    response = api(reader).put("/api/v1/posts/salt/like")
    assert (response.status_code, response.headers["Location"]) == (308, "/api/v1/posts/sugar/like")


def test_who_is_blocked_likes_nothing_of_the_blocker_but_may_take_back(api: Any, reader: User, author: User) -> None:
    post = make_post(author)
    comment = add_comment(post=make_post(UserFactory.create(roles=["author"])), author=author, body="Hm.")
    like_post(post=post, user=reader)
    block(blocker=author, blocked=reader)
    client = api(reader)

    for path in (f"/api/v1/posts/{post.slug}/like", f"/api/v1/comments/{comment.pk}/like"):
        response = client.put(path)
        assert (response.status_code, response.json()["code"]) == (403, "not_welcome")
        assert "block" not in response.content.decode().lower()
    assert client.delete(f"/api/v1/posts/{post.slug}/like").json() == {"liked": False, "like_count": 0}
    # The other way nothing stands against it.
    mine = add_comment(post=make_post(UserFactory.create(roles=["author"])), author=reader, body="Mine.")
    assert api(author).put(f"/api/v1/comments/{mine.pk}/like").status_code == 200


def test_permission_to_like_a_comment_is_what_liking_it_answers(api: Any, reader: User, author: User) -> None:
    """Below a post whose author has blocked somebody, they like as little of others' as they write there."""
    comment = add_comment(post=make_post(author), author=UserFactory.create(), body="Hm.")
    client, path = api(reader), f"/api/v1/comments/{comment.pk}"

    def may() -> tuple[bool, int]:
        shown = client.get(path, {"include": "permissions"}).json()
        return shown["permissions"]["like"], client.put(f"{path}/like").status_code

    assert may() == (True, 200)
    block(blocker=author, blocked=reader)
    assert may() == (False, 403)
    unblock(blocker=author, blocked=reader)
    User.objects.filter(pk=reader.pk).update(silenced_until=timezone.now() + timedelta(days=1))
    assert may() == (False, 403)


def test_the_silenced_keep_reading_lists_and_like_nothing_until_their_time_is_over(
    api: Any, reader: User, author: User
) -> None:
    post = make_post(author)
    User.objects.filter(pk=reader.pk).update(silenced_until=timezone.now() + timedelta(days=1))
    response = api(reader).put(f"/api/v1/posts/{post.slug}/like")
    assert (response.status_code, response.json()["code"]) == (403, "silenced")
    assert api(reader).put(f"/api/v1/posts/{post.slug}/bookmark").status_code == 200

    User.objects.filter(pk=reader.pk).update(silenced_until=timezone.now() - timedelta(seconds=1))
    assert api(reader).put(f"/api/v1/posts/{post.slug}/like").status_code == 200


def test_my_reactions_tell_only_what_is_mine_and_shown(
    api: Any, reader: User, outsider: User, author: User, django_assert_max_num_queries: Any
) -> None:
    post = make_post(author)
    path = f"/api/v1/posts/{post.slug}/my-reactions"
    assert api(reader).get(path).json() == {"liked": False, "bookmarked": False, "liked_comments": []}
    comments = [add_comment(post=post, author=author, body=str(number)) for number in range(4)]
    elsewhere = add_comment(post=make_post(author), author=author, body="Elsewhere.")
    for comment in [*comments, elsewhere]:
        like_comment(comment=comment, user=reader)
    moderate_comment(comment=comments[1], status="removed")
    delete_comment(comment=comments[2])
    client = api(reader)
    client.put(f"/api/v1/posts/{post.slug}/bookmark")
    api(outsider).put(f"/api/v1/posts/{post.slug}/like")

    with django_assert_max_num_queries(7):
        response = client.get(path)
    assert response.json() == {
        "liked": False,
        "bookmarked": True,
        "liked_comments": [comments[3].pk, comments[0].pk],
    }
    assert response.headers["Cache-Control"] == "no-store"
    assert api(outsider).get(path).json() == {"liked": True, "bookmarked": False, "liked_comments": []}
    assert api().get(f"/api/v1/posts/{post.slug}").headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize("number", [1, 30])
def test_a_like_costs_the_same_however_many_there_are(
    number: int, api: Any, reader: User, author: User, django_assert_max_num_queries: Any
) -> None:
    post = make_post(author)
    for _ in range(number):
        like_post(post=post, user=UserFactory.create(password="x"))
    client = api(reader)
    client.get("/api/v1/site")
    with django_assert_max_num_queries(14):
        client.put(f"/api/v1/posts/{post.slug}/like")


def test_counters_that_went_wrong_are_counted_anew(reader: User, outsider: User, author: User) -> None:
    post, right = make_post(author), make_post(author)
    root = add_comment(post=post, author=reader, body="Root.")
    reply = add_comment(post=post, author=author, body="Reply.", parent=root)
    below = add_comment(post=post, author=reader, body="Below.", parent=reply)
    moderate_comment(comment=add_comment(post=post, author=reader, body="Spam.", parent=root), status="spam")
    for user in (reader, outsider):
        like_post(post=post, user=user)
        like_post(post=right, user=user)
    like_comment(comment=below, user=outsider)
    untouched = right.updated_at
    Post.objects.filter(pk=post.pk).update(like_count=7, comment_count=0)
    Comment.objects.filter(pk=root.pk).update(visible_descendants=9, reply_count=0)
    Comment.objects.filter(pk=below.pk).update(like_count=0)
    User.objects.filter(pk=reader.pk).update(comment_count=40)

    call_command("recount_reactions", stdout=(output := StringIO()))

    assert output.getvalue().splitlines() == [
        "likes of posts: 1 corrected",
        "likes of comments: 1 corrected",
        "comments of posts: 1 corrected",
        "comments of people: 1 corrected",
        "replies of comments: 1 corrected",
        "descendants of comments: 1 corrected",
    ]
    post.refresh_from_db()
    assert (post.like_count, post.comment_count) == (2, 3)
    counts = Comment.objects.order_by("pk").values_list("visible_descendants", "reply_count", "like_count")
    assert list(counts) == [(2, 1, 0), (1, 1, 0), (0, 0, 1), (0, 0, 0)]
    assert User.objects.get(pk=reader.pk).comment_count == 2
    assert Post.objects.get(pk=right.pk).updated_at == untouched
    assert set(recount_reactions().values()) == {0}


def test_a_counter_never_goes_below_nothing(reader: User, author: User) -> None:
    post = make_post(author)
    like_post(post=post, user=reader)
    Post.objects.filter(pk=post.pk).update(like_count=0)

    assert unlike_post(post=post, user=reader).like_count == 0
    assert Post.objects.get(pk=post.pk).like_count == 0


def test_likes_go_with_their_post(reader: User, author: User) -> None:
    post = make_post(author)
    like_post(post=post, user=reader)
    like_comment(comment=add_comment(post=post, author=author, body="Hm."), user=reader)

    delete_post(post=post)
    assert not PostLike.objects.exists()
    assert not CommentLike.objects.exists()
