"""Threads: shape, order, deletion, counters, what others see."""

from collections.abc import Iterator
from typing import Any

import pytest

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import MAX_DEPTH, Comment, path_segment
from apps.comments.services import add_comment, delete_comment, edit_comment, moderate_comment
from apps.common.errors import FieldProblem, InvalidState, VersionConflict
from apps.posts.models import Post
from apps.posts.services import delete_post, update_post
from apps.posts.tests.factories import make_post
from conftest import ApiFor, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(author: User) -> Post:
    return make_post(author, title="Open to all")


@pytest.fixture(autouse=True)
def _counters_stay_true(db: None) -> Iterator[None]:
    """After every test the kept counters are what counting gives."""
    yield
    for post in Post.objects.all():
        assert post.comment_count == post.comments.filter(status="visible").count()
    for user in User.objects.all():
        assert user.comment_count == user.comments.filter(status="visible").count(), user
    for comment in Comment.objects.all():
        below = Comment.objects.filter(path__startswith=comment.path, status="visible").exclude(pk=comment.pk)
        assert comment.visible_descendants == below.count()
        assert comment.reply_count == comment.replies.filter(status="visible").count()


def say(post: Post, by: User, body: str = "Hm.", to: Comment | None = None) -> Comment:
    return add_comment(post=post, author=by, body=body, parent=Comment.objects.get(pk=to.pk) if to else None)


def thread(client: Any, post: Post, **query: Any) -> list[dict[str, Any]]:
    response = client.get(f"/api/v1/posts/{post.slug}/comments", query)
    assert response.status_code == 200, response.content
    rows: list[dict[str, Any]] = response.json()["results"]
    return rows


def test_thread_is_read_depth_first_in_either_order(post: Post, reader: User, api: ApiFor) -> None:
    first = say(post, reader, "1")
    second = say(post, reader, "2")
    reply = say(post, reader, "1.1", first)
    say(post, reader, "1.2", first)
    say(post, reader, "1.1.1", reply)
    say(post, reader, "2.1", second)
    client = api()
    assert [row["body"] for row in thread(client, post)] == ["1", "1.1", "1.1.1", "1.2", "2", "2.1"]
    newest = [row["body"] for row in thread(client, post, order="newest")]
    assert newest == ["2", "2.1", "1", "1.1", "1.1.1", "1.2"]
    assert [row["depth"] for row in thread(client, post)] == [0, 1, 2, 1, 0, 1]
    assert [row["body"] for row in thread(client, post, parent=first.pk)] == ["1.1", "1.2"]


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_pages_of_a_thread_skip_and_repeat_nothing(order: str, post: Post, reader: User, api: ApiFor) -> None:
    roots = [say(post, reader, str(number)) for number in range(4)]
    for root in roots:
        say(post, reader, f"reply to {root.body}", root)
    client, seen = api(), []
    response = client.get(f"/api/v1/posts/{post.slug}/comments", {"limit": "3", "order": order})
    while response.json()["next"]:
        seen += response.json()["results"]
        response = client.get(response.json()["next"])
    seen += response.json()["results"]
    assert [row["body"] for row in seen] == [row["body"] for row in thread(client, post, order=order)]


def test_reply_below_the_deepest_level_joins_its_siblings(post: Post, reader: User) -> None:
    comment = say(post, reader)
    for _ in range(MAX_DEPTH + 2):
        comment = say(post, reader, to=comment)
    assert comment.depth == MAX_DEPTH
    assert comment.parent is not None
    assert comment.parent.depth == MAX_DEPTH - 1


def test_paths_sort_as_their_numbers_do() -> None:
    numbers = [1, 9, 10, 35, 36, 1295, 1296, 36**6 - 1, 36**7 - 1]
    assert sorted(map(path_segment, numbers)) == [path_segment(number) for number in numbers]


def test_deleted_comment_keeps_its_place_while_replies_hang_on_it(post: Post, reader: User, api: ApiFor) -> None:
    root = say(post, reader, "I wrote this.")
    reply = say(post, reader, "An answer.", root)
    delete_comment(comment=root)
    place, _ = thread(api(), post)
    hidden = {name: place[name] for name in ("author", "guest_name", "guest_url", "body", "body_html", "edited_at")}
    assert hidden == {
        "author": None,
        "guest_name": "",
        "guest_url": "",
        "body": "",
        "body_html": "",
        "edited_at": None,
    }
    assert place["status"] == "deleted"
    assert Comment.objects.get(pk=root.pk).body == ""
    delete_comment(comment=reply)
    assert thread(api(), post) == []


@pytest.mark.parametrize("status", ["pending", "spam", "removed"])
def test_place_of_a_hidden_comment_tells_nothing(
    status: str, post: Post, reader: User, outsider: User, moderator: User, api: ApiFor
) -> None:
    root = say(post, reader, "Buy my pills")
    say(post, outsider, "No.", root)
    moderate_comment(comment=root, status=status)
    for caller in (None, outsider):
        place = thread(api(caller), post)[0]
        assert (place["status"], place["body"], place["body_html"], place["author"]) == ("removed", "", "", None)
        assert "pills" not in str(api(caller).get(f"/api/v1/comments/{root.pk}").json())
    assert thread(api(moderator), post)[0]["body"] == "Buy my pills"


def test_pending_comment_is_shown_to_its_author(post: Post, reader: User, api: ApiFor) -> None:
    moderate_comment(comment=say(post, reader), status="pending")
    assert [row["status"] for row in thread(api(reader), post)] == ["pending"]
    assert thread(api(), post) == []


def test_approving_brings_a_comment_back_into_the_counts(post: Post, reader: User) -> None:
    comment = say(post, reader)
    moderate_comment(comment=comment, status="spam")
    moderate_comment(comment=comment, status="visible")
    post.refresh_from_db()
    assert post.comment_count == 1


def test_what_its_author_deleted_stays_deleted(post: Post, reader: User) -> None:
    comment = delete_comment(comment=say(post, reader))
    with pytest.raises(InvalidState):
        moderate_comment(comment=comment, status="visible")


def test_deleting_a_post_takes_its_comments_out_of_the_counts(post: Post, reader: User) -> None:
    say(post, reader)
    delete_post(post=post)
    reader.refresh_from_db()
    assert reader.comment_count == 0


def test_edit_marks_the_comment_and_needs_the_version(post: Post, reader: User) -> None:
    comment = edit_comment(comment=say(post, reader), body="Better", expected={1})
    assert comment.version == 2
    assert comment.edited_at is not None
    with pytest.raises(VersionConflict):
        edit_comment(comment=comment, body="Stale", expected={1})


def test_closed_thread_takes_no_comment(post: Post, reader: User, api: ApiFor) -> None:
    update_post(post=post, changes={"comment_policy": "closed"})
    response = api(reader).post(f"/api/v1/posts/{post.slug}/comments", {"body": "Too late"})
    assert (response.status_code, response.json()["code"]) == (422, "invalid_state")


def test_reply_to_another_posts_comment_is_refused(post: Post, author: User, reader: User) -> None:
    elsewhere = say(make_post(author), reader)
    with pytest.raises(FieldProblem):
        say(post, reader, to=elsewhere)


def test_replying_to_what_cannot_be_seen_says_nothing_of_it(
    post: Post, reader: User, author: User, api: ApiFor
) -> None:
    hidden = say(post, author)
    moderate_comment(comment=hidden, status="spam")
    client = api(reader)
    answers = [
        client.post(f"/api/v1/posts/{post.slug}/comments", {"body": "Hm?", "parent": pk}).json()
        for pk in (hidden.pk, 999_999)
    ]
    for answer in answers:
        answer.pop("request_id")
    assert answers[0] == answers[1]
    assert answers[0]["errors"][0]["pointer"] == "/parent"


def test_permissions_are_told_when_asked_for(post: Post, cast: Cast, api: ApiFor) -> None:
    say(post, cast.reader)
    told = {
        role: thread(api(user), post, include="permissions")[0]["permissions"]
        for role, user in cast.items()
        if role != "deactivated"
    }
    allowed = {role: {name for name, may in permissions.items() if may} for role, permissions in told.items()}
    assert set(told["anonymous"]) == {"edit", "delete", "reply", "like", "report"}
    assert allowed["anonymous"] == set()
    assert allowed["reader"] == {"edit", "delete", "reply", "like"}
    assert allowed["author"] == {"reply", "like", "report"}
    assert allowed["moderator"] == {"delete", "reply", "like", "report"}


@pytest.mark.parametrize("rows", [1, 15])
def test_number_of_queries_does_not_grow_with_the_thread(
    rows: int, post: Post, api: ApiFor, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        root = say(post, UserFactory.create())
        say(post, UserFactory.create(), to=root)
    client = api()
    with django_assert_num_queries(3):
        assert len(thread(client, post, include="permissions")) == 2 * rows


def test_comment_is_rendered_as_a_subset(post: Post, reader: User, api: ApiFor) -> None:
    body = "# No heading\n\n*yes* <b>no</b> ![x](http://x/y.png) [link](http://example.org) <script>alert(1)</script>"
    html = api(reader).post(f"/api/v1/posts/{post.slug}/comments", {"body": body}).json()["body_html"]
    assert "<em>yes</em>" in html
    assert 'rel="nofollow ugc noopener"' in html
    for forbidden in ("<h1", "<b>", "<img", "<script"):
        assert forbidden not in html
