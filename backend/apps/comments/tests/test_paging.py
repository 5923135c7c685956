"""Pages of whole branches, permalinks, the rest of a branch, what has arrived."""

from typing import Any

import pytest

from apps.accounts.models import User
from apps.comments import threads
from apps.comments.models import Comment
from apps.comments.services import add_comment, delete_comment, moderate_comment
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(author: User) -> Post:
    return make_post(author, title="Open to all")


def say(post: Post, by: User, body: str = "Hm.", to: Comment | None = None) -> Comment:
    return add_comment(post=post, author=by, body=body, parent=to)


def ask(client: Any, post: Post, **query: Any) -> dict[str, Any]:
    response = client.get(f"/api/v1/posts/{post.slug}/comments", query)
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    return answer


def bodies(answer: dict[str, Any]) -> list[str]:
    return [row["body"] for row in answer["results"]]


def follow(client: Any, answer: dict[str, Any], link: str = "next") -> list[dict[str, Any]]:
    """The answer and all pages after (or before) it."""
    pages = [answer]
    while address := pages[-1][link]:
        pages.append(client.get(address).json())
    return pages


def test_page_counts_roots_and_brings_their_replies(post: Post, reader: User, api: ApiFor) -> None:
    for number in range(3):
        root = say(post, reader, str(number))
        say(post, reader, f"{number}.1", root)
    first = ask(api(), post, limit=2)
    assert bodies(first) == ["0", "0.1", "1", "1.1"]
    assert [row["more_replies"] for row in first["results"]] == [0, None, 0, None]
    assert bodies(api().get(first["next"]).json()) == ["2", "2.1"]


def test_long_branch_is_cut_and_its_rest_read_on(post: Post, reader: User, api: ApiFor) -> None:
    root = say(post, reader, "Root")
    replies = [say(post, reader, str(number), root) for number in range(threads.BRANCH_ROWS + 5)]
    after = say(post, reader, "Next root")
    answer = ask(api(), post)
    assert bodies(answer) == ["Root", *map(str, range(threads.BRANCH_ROWS)), "Next root"]
    assert answer["results"][0]["more_replies"] == 5
    assert answer["results"][-1]["id"] == after.pk
    rest = ask(api(), post, branch=root.pk, after=answer["results"][-2]["id"], limit=2)
    assert bodies(rest) == ["30", "31"]
    read = [row for page in follow(api(), rest) for row in page["results"]]
    assert [row["id"] for row in read] == [reply.pk for reply in replies[-5:]]
    assert len(ask(api(), post, branch=root.pk, limit=100)["results"]) == len(replies)


def test_page_takes_in_no_more_branches_than_it_has_room_for(
    post: Post, reader: User, moderator: User, api: ApiFor
) -> None:
    for _ in range(5):
        root = say(post, reader)
        for number in range(30):
            reply = say(post, reader, to=root)
            if number % 2:
                moderate_comment(comment=reply, status="removed")
    for client, shown in ((api(), 5 * 16), (api(moderator), 5 * 31)):
        pages = follow(client, ask(client, post))
        assert max(len(page["results"]) for page in pages) <= threads.PAGE_ROWS
        read = [row["id"] for page in pages for row in page["results"]]
        left = sum(row["more_replies"] or 0 for page in pages for row in page["results"])
        assert (len(read), len(set(read)), left) == (shown, shown, 0)
        back = follow(client, pages[-1], "previous")
        assert [row["id"] for page in reversed(back) for row in page["results"]] == read


@pytest.mark.parametrize("order", ["oldest", "newest", "best"])
def test_pages_go_both_ways(order: str, post: Post, reader: User, api: ApiFor) -> None:
    for number in range(7):
        root = say(post, reader)
        say(post, reader, to=root)
        Comment.objects.filter(pk=root.pk).update(like_count=number % 3)
    whole = [row["id"] for row in ask(api(), post, order=order)["results"]]
    pages = follow(api(), ask(api(), post, order=order, limit=2))
    assert [row["id"] for page in pages for row in page["results"]] == whole
    back = follow(api(), pages[-1], "previous")
    assert [row["id"] for page in reversed(back) for row in page["results"]] == whole


def test_best_are_the_most_liked_then_the_newest(post: Post, reader: User, api: ApiFor) -> None:
    liked = {"a": 2, "b": 0, "c": 2, "d": 5, "e": 0}
    for body, likes in liked.items():
        root = say(post, reader, body)
        Comment.objects.filter(pk=root.pk).update(like_count=likes)
    assert bodies(ask(api(), post, order="best")) == ["d", "c", "a", "e", "b"]


def test_cursor_of_another_order_is_refused(post: Post, reader: User, api: ApiFor) -> None:
    for _ in range(3):
        say(post, reader)
    following = ask(api(), post, limit=1)["next"]
    refused = api().get(f"{following}&order=newest")
    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, "cursor")


@pytest.mark.parametrize("order", ["oldest", "newest", "best"])
def test_permalink_opens_branch_with_ancestors_and_what_follows(
    order: str, post: Post, reader: User, api: ApiFor
) -> None:
    before, root, later = (say(post, reader, body) for body in ("before", "root", "later"))
    for likes, comment in enumerate((later, root, before)):
        Comment.objects.filter(pk=comment.pk).update(like_count=likes if order == "best" else 0)
    early = say(post, reader, "early reply", root)
    say(post, reader, "below early", early)
    middle = say(post, reader, "middle", root)
    wanted = say(post, reader, "wanted", middle)
    say(post, reader, "below wanted", wanted)
    say(post, reader, "late reply", root)
    answer = ask(api(), post, around=wanted.pk, order=order)
    after, ahead = ("before", "later") if order == "newest" else ("later", "before")
    assert bodies(answer) == ["root", "middle", "wanted", "below wanted", "late reply", after]
    assert [row["more_replies"] for row in answer["results"]] == [2, None, None, None, None, 0]
    assert bodies(api().get(answer["previous"]).json()) == [ahead]
    assert answer["next"] is None


def test_permalink_of_a_root_is_the_page_from_there(post: Post, reader: User, api: ApiFor) -> None:
    roots = [say(post, reader, str(number)) for number in range(4)]
    say(post, reader, "2.1", roots[2])
    assert bodies(ask(api(), post, around=roots[2].pk)) == ["2", "2.1", "3"]
    first = ask(api(), post, around=roots[0].pk, limit=2)
    assert (bodies(first), first["previous"]) == (["0", "1"], None)
    assert bodies(api().get(first["next"]).json()) == ["2", "2.1", "3"]


def test_permalink_to_what_cannot_be_seen_is_not_found(
    post: Post, author: User, reader: User, moderator: User, api: ApiFor
) -> None:
    hidden = moderate_comment(comment=say(post, reader), status="spam")
    elsewhere = say(make_post(author), reader)
    path = f"/api/v1/posts/{post.slug}/comments"
    for pk in (hidden.pk, elsewhere.pk, 999_999):
        assert api().get(path, {"around": pk}).status_code == 404
    assert api(moderator).get(path, {"around": hidden.pk}).status_code == 200


def test_since_tells_what_has_arrived(post: Post, author: User, reader: User, api: ApiFor) -> None:
    seen = say(post, reader, "seen")
    say(make_post(author), reader, "elsewhere")
    say(post, reader, "reply", seen)
    moderate_comment(comment=say(post, reader, "held"), status="pending")
    say(post, reader, "root")
    answer = ask(api(), post, since=seen.pk, limit=1)
    assert [row["body"] for page in follow(api(), answer) for row in page["results"]] == ["reply", "root"]
    assert bodies(ask(api(reader), post, since=seen.pk)) == ["reply", "held", "root"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"around": 1, "branch": 1}, "around"),
        ({"after": 1}, "after"),
        ({"branch": 1, "after": 9}, "after"),
        ({"around": 1, "cursor": "x"}, "cursor"),
        ({"order": "loudest"}, "order"),
        ({"since": -1}, "since"),
        ({"around": 2**63}, "around"),
    ],
)
def test_questions_without_sense_are_refused(query: dict[str, Any], parameter: str, post: Post, api: ApiFor) -> None:
    refused = api().get(f"/api/v1/posts/{post.slug}/comments", query)
    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, parameter)


def test_pages_stay_as_they_are_while_more_arrives(post: Post, reader: User, api: ApiFor) -> None:
    roots = [say(post, reader, str(number)) for number in range(6)]
    for order in ("oldest", "newest"):
        expected = [str(number) for number in range(6)]
        page = ask(api(), post, order=order, limit=2)
        read = bodies(page)
        while page["next"]:
            say(post, reader, "new root")
            say(post, reader, "new reply", roots[0])
            page = api().get(page["next"]).json()
            read += bodies(page)
        old = [body for body in read if not body.startswith("new")]
        assert old == (expected if order == "oldest" else expected[::-1])


def test_status_changes_its_tag_with_the_thread(post: Post, reader: User, api: ApiFor) -> None:
    path, client = f"/api/v1/posts/{post.slug}/comments/status", api()
    first = client.get(path)
    assert first.json() == {"comment_count": 0, "newest": None, "locked": False, "slow_mode_seconds": 0}
    tag = first.headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    comment = say(post, reader)
    moderate_comment(comment=say(post, reader), status="pending")
    second = client.get(path, headers={"If-None-Match": tag})
    assert (second.status_code, second.json()["newest"], second.json()["comment_count"]) == (200, comment.pk, 1)
    Post.objects.filter(pk=post.pk).update(thread_locked=True, slow_mode_seconds=30)
    third = client.get(path, headers={"If-None-Match": second.headers["ETag"]}).json()
    assert (third["locked"], third["slow_mode_seconds"]) == (True, 30)
    delete_comment(comment=comment)
    assert client.get(path).json()["newest"] is None


def test_status_costs_one_query(post: Post, reader: User, api: ApiFor, django_assert_num_queries: Any) -> None:
    say(post, reader)
    client = api()
    tag = client.etag(f"/api/v1/posts/{post.slug}/comments/status")
    with django_assert_num_queries(1):
        answer = client.get(f"/api/v1/posts/{post.slug}/comments/status", headers={"If-None-Match": tag})
    assert answer.status_code == 304
