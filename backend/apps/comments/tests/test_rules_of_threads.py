"""Locked and slow threads, silenced people, the window for edits, former texts, gates, and the news of it all."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.models import User
from apps.comments import gates
from apps.comments.gates import Draft, Verdict
from apps.comments.models import Comment, CommentEdit
from apps.comments.services import Origin, add_comment, delete_comment, edit_comment, moderate_comment
from apps.common.models import OutboxMessage
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from apps.site.services import forget_site, update_site
from conftest import ApiFor

pytestmark = pytest.mark.django_db
ANY = {"If-Match": "*"}


@pytest.fixture
def post(author: User) -> Post:
    return make_post(author, title="Open to all")


def news(*events: str) -> list[tuple[str, dict[str, Any]]]:
    """What the outbox says of these events, oldest first, each once."""
    rows = OutboxMessage.objects.filter(event__in=events).order_by("id").values_list("event", "payload")
    return [row for place, row in enumerate(rows) if row not in rows[:place]]


def write(client: Any, post: Post, body: str = "Hm.") -> Any:
    return client.post(f"/api/v1/posts/{post.slug}/comments", {"body": body})


def permissions(client: Any, post: Post) -> dict[str, bool]:
    path = f"/api/v1/posts/{post.slug}/comments?include=permissions"
    told: dict[str, bool] = client.get(path).json()["results"][0]["permissions"]
    return told


def test_locked_thread_takes_no_comment_and_says_so(post: Post, reader: User, moderator: User, api: ApiFor) -> None:
    comment = add_comment(post=post, author=reader, body="Before.")
    Post.objects.filter(pk=post.pk).update(thread_locked=True)
    for person in (reader, moderator):
        refused = write(api(person), post)
        assert (refused.status_code, refused.json()["code"]) == (422, "thread_locked")
    assert permissions(api(reader), post)["reply"] is False
    told = api(reader).get(f"/api/v1/posts/{post.slug}?include=permissions").json()["permissions"]
    assert told["comment"] is False
    assert api(reader).patch(f"/api/v1/comments/{comment.pk}", {"body": "After."}, headers=ANY).status_code == 200


def test_slow_mode_makes_each_person_wait(post: Post, reader: User, outsider: User, api: ApiFor) -> None:
    Post.objects.filter(pk=post.pk).update(slow_mode_seconds=60)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = api(reader)
        first = write(client, post)
        assert first.status_code == 201
        clock.shift(20)
        delete_comment(comment=Comment.objects.get(pk=first.json()["id"]))
        refused = write(client, post)
        assert (refused.status_code, refused.json()["code"]) == (429, "slow_mode")
        assert refused.headers["Retry-After"] == "40"
        assert write(api(outsider), post).status_code == 201
        clock.shift(40)
        assert write(client, post).status_code == 201


def test_slow_mode_of_one_thread_slows_no_other(post: Post, author: User, reader: User, api: ApiFor) -> None:
    Post.objects.filter(pk=post.pk).update(slow_mode_seconds=60)
    client = api(reader)
    assert write(client, post).status_code == 201
    assert write(client, make_post(author)).status_code == 201


@pytest.mark.parametrize("role", ["reader", "moderator"])
def test_silenced_person_reads_and_does_not_write(
    request: pytest.FixtureRequest, post: Post, api: ApiFor, role: str
) -> None:
    reader = request.getfixturevalue(role)
    comment = add_comment(post=post, author=reader, body="Before.")
    until = timezone.now() + timedelta(hours=2)
    User.objects.filter(pk=reader.pk).update(silenced_until=until)
    client, path = api(reader), f"/api/v1/comments/{comment.pk}"
    for refused in (write(client, post), client.patch(path, {"body": "Louder."}, headers=ANY)):
        problem = refused.json()
        assert (refused.status_code, problem["code"]) == (403, "silenced")
        assert problem["until"].startswith(f"{until:%Y-%m-%dT%H:%M}")
        assert f"{until:%Y-%m-%d %H:%M}" in problem["detail"]
    told = permissions(client, post)
    assert (told["edit"], told["reply"], told["delete"]) == (False, False, True)
    assert client.delete(path, headers=ANY).status_code == 204
    with time_machine.travel(until + timedelta(seconds=1)):
        assert write(api(reader), post).status_code == 201


def test_comment_is_edited_within_the_window_only(post: Post, reader: User, api: ApiFor) -> None:
    update_site(comment_edit_minutes=30)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        comment = add_comment(post=post, author=reader, body="First.")
        path = f"/api/v1/comments/{comment.pk}"
        clock.shift(29 * 60)
        client = api(reader)
        assert permissions(client, post)["edit"] is True
        assert client.patch(path, {"body": "Second."}, headers=ANY).json()["edited_at"] is not None
        clock.shift(60)
        assert permissions(client, post)["edit"] is False
        refused = client.patch(path, {"body": "Third."}, headers=ANY)
        assert (refused.status_code, refused.json()["code"]) == (403, "edit_window_over")
        update_site(comment_edit_minutes=0)
        forget_site()
        assert client.patch(path, {"body": "Third."}, headers=ANY).status_code == 200


def test_moderators_edit_their_own_at_any_time(post: Post, moderator: User, api: ApiFor) -> None:
    comment = add_comment(post=post, author=moderator, body="First.")
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(days=9))
    answer = api(moderator).patch(f"/api/v1/comments/{comment.pk}", {"body": "Second."}, headers=ANY)
    assert answer.status_code == 200


def test_former_texts_are_kept_for_moderators(post: Post, reader: User, moderator: User, api: ApiFor) -> None:
    comment = add_comment(post=post, author=reader, body="One.")
    for body in ("Two.", "Two.", "Three."):
        comment = edit_comment(comment=comment, body=body, editor=reader)
    path = f"/api/v1/comments/{comment.pk}/edits"
    rows = api(moderator).get(path).json()["results"]
    assert [(row["body"], row["replaced_by"]["username"]) for row in rows] == [("Two.", "reader"), ("One.", "reader")]
    assert api(reader).get(path).status_code == 403
    delete_comment(comment=comment)
    assert not CommentEdit.objects.exists()


@pytest.mark.parametrize("rows", [1, 12])
def test_history_takes_as_many_queries_for_many_edits(
    rows: int, post: Post, reader: User, moderator: User, api: ApiFor, django_assert_num_queries: Any
) -> None:
    comment = add_comment(post=post, author=reader, body="One.")
    for number in range(rows):
        comment = edit_comment(comment=comment, body=str(number), editor=reader)
    client = api(moderator)
    client.get(f"/api/v1/comments/{comment.pk}/edits")
    with django_assert_num_queries(5):
        assert len(client.get(f"/api/v1/comments/{comment.pk}/edits").json()["results"]) == rows


def test_deleted_comment_is_not_edited(post: Post, reader: User) -> None:
    from apps.common.errors import InvalidState

    comment = delete_comment(comment=add_comment(post=post, author=reader, body="One."))
    with pytest.raises(InvalidState):
        edit_comment(comment=comment, body="Two.", editor=reader)


@pytest.fixture
def gate() -> Iterator[list[tuple[int, Verdict]]]:
    """A gate that reads its verdict from the text; answers what hooks were told."""
    told: list[tuple[int, Verdict]] = []

    def by_word(draft: Draft) -> Verdict | None:
        for action in ("refuse", "spam", "hold"):
            if action in draft.body:
                return Verdict(action=action, name=f"Word {action}", rule_id=7, message="Not here.")
        return None

    def remember(comment: Comment, verdict: Verdict) -> None:
        assert Comment.objects.get(pk=comment.pk).status == comment.status
        told.append((comment.pk, verdict))

    gates.register(by_word)
    gates.on_held(remember)
    yield told
    gates.unregister(by_word)
    gates.forget_hook(remember)


@pytest.mark.parametrize(("word", "status"), [("hold", "pending"), ("spam", "spam")])
def test_gate_holds_a_comment_back(
    word: str, status: str, post: Post, reader: User, api: ApiFor, gate: list[tuple[int, Verdict]]
) -> None:
    answer = write(api(reader), post, f"Please {word} this")
    assert answer.status_code == 201
    comment = Comment.objects.get()
    assert comment.status == status
    post.refresh_from_db()
    assert post.comment_count == 0
    assert [(pk, verdict.name, verdict.rule_id) for pk, verdict in gate] == [(comment.pk, f"Word {word}", 7)]
    assert news("comments.shown") == []
    assert api().get(f"/api/v1/posts/{post.slug}/comments").json()["results"] == []


def test_gate_refuses_a_comment_in_its_own_words(
    post: Post, reader: User, api: ApiFor, gate: list[tuple[int, Verdict]]
) -> None:
    refused = write(api(reader), post, "refuse hold")
    assert (refused.status_code, refused.json()["code"]) == (422, "comment_refused")
    assert refused.json()["detail"] == "Not here."
    assert not Comment.objects.exists()
    assert gate == []


def test_edit_passes_the_gates_too(
    post: Post, reader: User, moderator: User, api: ApiFor, gate: list[tuple[int, Verdict]]
) -> None:
    comment = add_comment(post=post, author=reader, body="Harmless.")
    path = f"/api/v1/comments/{comment.pk}"
    assert api(reader).patch(path, {"body": "refuse"}, headers=ANY).status_code == 422
    answer = api(reader).patch(path, {"body": "hold"}, headers=ANY).json()
    assert (answer["status"], answer["version"]) == ("pending", 2)
    post.refresh_from_db()
    assert post.comment_count == 0
    assert [pk for pk, _ in gate] == [comment.pk]
    assert news("comments.hidden") == [("comments.hidden", {"comment_id": comment.pk})]
    # A text that nobody objects to does not let itself out.
    assert api(reader).patch(path, {"body": "Fine."}, headers=ANY).json()["status"] == "pending"
    edit_comment(comment=comment, body="hold", editor=moderator)
    assert len(gate) == 1


def test_imports_pass_the_gates_and_are_no_news(post: Post, reader: User, gate: list[tuple[int, Verdict]]) -> None:
    origin = Origin(import_key="old", created_at=timezone.now() - timedelta(days=900))
    comment = add_comment(post=post, author=reader, body="hold, @author", origin=origin)
    assert (comment.status, gate) == ("visible", [])
    assert news("comments.shown") == [("comments.shown", {"comment_id": comment.pk, "first": False})]
    assert not comment.mentions.exists()


def test_news_of_a_comment_that_comes_and_goes(post: Post, reader: User) -> None:
    comment = add_comment(post=post, author=reader, body="Hm.")
    for status in ("pending", "spam", "visible", "removed"):
        moderate_comment(comment=comment, status=status)
    told = [(event.partition(".")[2], payload.get("first")) for event, payload in _in_order()]
    assert told == [("shown", True), ("hidden", None), ("shown", False), ("hidden", None)]


def _in_order() -> list[tuple[str, dict[str, Any]]]:
    rows = OutboxMessage.objects.filter(event__in=["comments.shown", "comments.hidden"]).order_by("id")
    seen: list[tuple[str, dict[str, Any]]] = []
    for row in rows.values_list("event", "payload"):
        if not seen or seen[-1] != row:
            seen.append(row)
    return seen


def test_held_comment_is_news_once_it_is_approved(post: Post, reader: User, gate: list[tuple[int, Verdict]]) -> None:
    comment = add_comment(post=post, author=reader, body="hold")
    moderate_comment(comment=comment, status="visible")
    assert [payload["first"] for _, payload in _in_order()] == [True]
