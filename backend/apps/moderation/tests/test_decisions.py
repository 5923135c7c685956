"""Decisions: what they do, who may make them, and how they are taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment
from apps.common.outbox import drain
from apps.common.tests.admin_forms import run_action, signed_in
from apps.moderation.models import Case, Decision, Report, Rule
from apps.moderation.services.cases import Subject, Target, open_case
from apps.moderation.services.reports import report
from apps.moderation.services.verification import differences, verify_log
from apps.notifications.models import Notification
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from conftest import ApiClient, ApiFor

pytestmark = pytest.mark.django_db
DECISIONS = "/api/v1/moderation/decisions"


@pytest.fixture
def comment(author: User, outsider: User) -> Comment:
    return add_comment(post=make_post(author), author=outsider, body="Cheap watches!")


@pytest.fixture
def case(comment: Comment, reader: User) -> Case:
    return reported(comment, reader)


def reported(comment: Comment, reporter: User) -> Case:
    target = Target(kind=Subject.COMMENT.value, thing=comment)
    return report(reporter=reporter, target=target, reason="spam")[0].case


def decide(client: ApiClient, action: str, **said: Any) -> list[dict[str, Any]]:
    """The results; everything that was done must leave the log, and things, as it says."""
    answer = client.post(DECISIONS, {"action": action, **said})
    assert answer.status_code == 200, answer.content
    assert verify_log()[1] == []
    assert list(differences()) == []
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


def one(client: ApiClient, action: str, **said: Any) -> dict[str, Any]:
    (result,) = decide(client, action, **said)
    return result


def code(result: dict[str, Any]) -> str:
    assert not result["done"]
    return str(result["problem"]["code"])


@pytest.mark.parametrize(
    ("action", "status", "outcome"),
    [
        ("approve", "visible", "declined"),
        ("dismiss", "visible", "declined"),
        ("remove", "removed", "upheld"),
        ("spam", "spam", "upheld"),
    ],
)
def test_decision_closes_the_case(
    api: ApiFor, case: Case, comment: Comment, moderator: User, action: str, status: str, outcome: str
) -> None:
    result = one(api(moderator), action, cases=[case.pk], reason="spam", note="No ads.")
    assert result == {"case": case.pk, "answers": None, "done": True, "number": 1}
    comment.refresh_from_db()
    case.refresh_from_db()
    row = Decision.objects.get()
    assert (comment.status, Report.objects.get().outcome, case.closed_at is not None) == (status, outcome, True)
    assert (row.action, row.moderator_id, row.person_id, row.reason, row.note) == (
        action,
        moderator.pk,
        comment.author_id,
        "spam",
        "No ads.",
    )


@pytest.mark.parametrize(
    ("action", "reported_for", "reason"),
    [
        ("spam", ["abuse"], "spam"),
        ("remove", ["off_topic", "abuse", "abuse"], "abuse"),
        ("remove", [], "other"),
        ("approve", ["abuse"], ""),
    ],
)
def test_decision_against_somebody_names_a_reason_also_where_none_was_chosen(
    api: ApiFor, comment: Comment, moderator: User, action: str, reported_for: list[str], reason: str
) -> None:
    target = Target(kind=Subject.COMMENT.value, thing=comment)
    for number, why in enumerate(reported_for):
        report(reporter=UserFactory.create(username=f"reporter{number}"), target=target, reason=why)
    one(api(moderator), action, subject={"comment": comment.pk})
    assert (Decision.objects.get().reason, Decision.objects.get().rule) == (reason, "")


def test_what_a_rule_held_is_decided_by_that_rule(api: ApiFor, comment: Comment, moderator: User) -> None:
    rule = Rule.objects.create(name="No watches", kind="words", settings={"words": ["watches"]})
    one(api(moderator), "remove", cases=[open_case(comment=comment, rule=rule).pk])
    newest = Decision.objects.order_by("-number")[0]
    assert (newest.reason, newest.rule) == ("", "No watches")


def test_second_moderator_is_told_that_it_is_decided(api: ApiFor, case: Case, moderator: User, admin: User) -> None:
    one(api(moderator), "remove", cases=[case.pk])
    result = one(api(admin), "approve", cases=[case.pk])
    assert code(result) == "already_decided"
    assert "Decision 1" in result["problem"]["detail"]
    assert Decision.objects.count() == 1


def test_many_are_decided_each_by_itself(api: ApiFor, author: User, reader: User, moderator: User) -> None:
    post = make_post(author)
    cases = [reported(add_comment(post=post, author=author, body=f"{n}."), reader) for n in range(3)]
    one(api(moderator), "approve", cases=[cases[1].pk])
    results = decide(api(moderator), "spam", cases=[*(case.pk for case in cases), 4711])
    assert [row["done"] for row in results] == [True, False, True, False]
    assert [row.get("problem", {}).get("code") for row in results] == [None, "already_decided", None, "not_found"]
    assert Post.objects.get().comment_count == 1


def test_undo_makes_it_as_it_was_and_opens_the_case_again(
    api: ApiFor, case: Case, comment: Comment, moderator: User, admin: User
) -> None:
    number = one(api(moderator), "remove", cases=[case.pk])["number"]
    assert one(api(admin), "undo", answers=[number])["number"] == number + 1
    comment.refresh_from_db()
    case.refresh_from_db()
    assert (comment.status, case.closed_at, Report.objects.get().outcome) == ("visible", None, "open")
    assert code(one(api(admin), "undo", answers=[number])) == "already_decided"
    assert code(one(api(admin), "undo", answers=[number + 1])) == "invalid_state"
    assert code(one(api(admin), "undo", answers=[4711])) == "not_found"
    assert one(api(moderator), "spam", cases=[case.pk])["done"]


def test_what_was_decided_anew_is_not_undone(api: ApiFor, comment: Comment, moderator: User) -> None:
    about = {"subject": {"comment": comment.pk}}
    first = one(api(moderator), "remove", **about)["number"]
    one(api(moderator), "spam", **about)
    assert code(one(api(moderator), "undo", answers=[first])) == "invalid_state"
    comment.refresh_from_db()
    assert comment.status == "spam"


def test_post_is_removed_and_restored_with_its_date(api: ApiFor, author: User, moderator: User) -> None:
    post = make_post(author)
    number = one(api(moderator), "remove", subject={"post": post.slug}, reason="illegal")["number"]
    assert api().get(f"/api/v1/posts/{post.slug}").status_code == 404
    one(api(moderator), "undo", answers=[number])
    restored = api().get(f"/api/v1/posts/{post.slug}")
    assert restored.status_code == 200
    assert Post.objects.get().published_at == post.published_at


def test_thread_and_author_are_decided_on_beside_the_case(
    api: ApiFor, case: Case, comment: Comment, moderator: User
) -> None:
    client = api(moderator)
    until = timezone.now() + timedelta(days=3)
    assert one(client, "lock", cases=[case.pk])["done"]
    assert one(client, "slow", cases=[case.pk], seconds=60)["done"]
    assert one(client, "warn", cases=[case.pk], note="Please stop.")["done"]
    assert one(client, "silence", cases=[case.pk], until=until.isoformat())["done"]
    assert one(client, "suspend", cases=[case.pk], until=until.isoformat())["done"]
    post, person = Post.objects.get(), User.objects.get(pk=comment.author_id)
    assert (post.thread_locked, post.slow_mode_seconds) == (True, 60)
    assert (person.silenced_until, person.suspended_until) == (until, until)
    case.refresh_from_db()
    assert case.closed_at is None
    assert one(client, "lift", cases=[case.pk])["done"]
    assert one(client, "unlock", cases=[case.pk])["done"]
    assert one(client, "slow", cases=[case.pk], seconds=0)["done"]
    post, person = Post.objects.get(), User.objects.get(pk=comment.author_id)
    assert (post.thread_locked, post.slow_mode_seconds, person.silenced_until) == (False, 0, None)
    assert code(one(client, "unlock", cases=[case.pk])) == "invalid_state"


@pytest.mark.parametrize(
    "body",
    [
        {"action": "remove"},
        {"action": "remove", "cases": []},
        {"action": "remove", "cases": [1] * 101},
        {"action": "remove", "cases": [1], "answers": [1]},
        {"action": "approve", "cases": [1, 2], "versions": [1]},
        {"action": "approve", "subject": {"post": "a"}, "versions": [1]},
        {"action": "remove", "subject": {}},
        {"action": "remove", "subject": {"post": "a", "comment": 1}},
        {"action": "undo", "cases": [1]},
        {"action": "hold", "cases": [1]},
        {"action": "silence", "cases": [1]},
        {"action": "slow", "cases": [1]},
        {"action": "slow", "cases": [1], "seconds": 86_401},
        {"action": "warn", "cases": [1], "note": "x" * 1001},
        {"action": "warn", "cases": [1], "until": "soon"},
    ],
)
def test_malformed_decision_is_refused(api: ApiFor, moderator: User, body: dict[str, Any]) -> None:
    assert api(moderator).post(DECISIONS, body).status_code == 400


@pytest.mark.parametrize("days", [-1, 3660])
def test_sanction_ends_in_a_time_to_come(api: ApiFor, moderator: User, reader: User, days: int) -> None:
    until = (timezone.now() + timedelta(days=days)).isoformat()
    body = {"action": "suspend", "subject": {"person": reader.username}, "until": until}
    assert api(moderator).post(DECISIONS, body).status_code == 422


def test_nobody_decides_about_themselves(api: ApiFor, author: User, moderator: User, reader: User) -> None:
    own = add_comment(post=make_post(author), author=moderator, body="Mine.")
    case = reported(own, reader)
    assert code(one(api(moderator), "approve", cases=[case.pk])) == "not_found"
    assert code(one(api(moderator), "spam", subject={"comment": own.pk})) == "not_yours_to_decide"
    assert code(one(api(moderator), "lock", subject={"post": make_post(moderator).slug})) == "not_yours_to_decide"
    assert code(one(api(moderator), "warn", subject={"person": moderator.username})) == "not_yours_to_decide"


def test_moderator_does_not_see_who_reported_them(
    api: ApiFor, author: User, moderator: User, admin: User, reader: User
) -> None:
    reported(add_comment(post=make_post(author), author=moderator, body="Mine."), reader)
    assert api(moderator).get("/api/v1/moderation/queue").json()["results"] == []
    assert api(moderator).get("/api/v1/moderation/summary").json()["open"] == 0
    assert len(api(admin).get("/api/v1/moderation/queue").json()["results"]) == 1


def test_only_admins_decide_about_admins(api: ApiFor, author: User, moderator: User, admin: User) -> None:
    remark = add_comment(post=make_post(author), author=admin, body="Mine.")
    assert code(one(api(moderator), "remove", subject={"comment": remark.pk})) == "not_yours_to_decide"
    assert one(api(UserFactory.create(roles=["admin"])), "remove", subject={"comment": remark.pk})["done"]
    assert one(api(moderator), "lock", subject={"post": make_post(admin).slug})["done"]


def test_author_is_told_of_what_changed_and_of_nothing_else(
    api: ApiFor, case: Case, comment: Comment, moderator: User
) -> None:
    author = User.objects.get(pk=comment.author_id)
    one(api(moderator), "dismiss", cases=[case.pk])
    drain()
    assert Notification.objects.filter(recipient=author, kind="decision").count() == 0
    assert api(author).get("/api/v1/me/decisions").json()["results"] == []
    one(api(moderator), "spam", subject={"comment": comment.pk}, reason="spam", note="No ads.")
    drain()
    told = Notification.objects.get(recipient=author, kind="decision")
    assert (told.data["number"], told.data["action"], told.data["reason"]) == (2, "spam", "spam")
    (row,) = api(author).get("/api/v1/me/decisions").json()["results"]
    assert (row["number"], row["note"], row["may_appeal"]) == (2, "No ads.", True)
    assert row["subject"]["excerpt"] == "Cheap watches!"
    assert moderator.username not in str(row)


def test_delete_by_a_moderator_is_a_decision(api: ApiFor, case: Case, comment: Comment, moderator: User) -> None:
    client = api(moderator)
    path = f"/api/v1/comments/{comment.pk}"
    assert client.delete(path, headers={"If-Match": client.etag(path)}).status_code == 204
    row = Decision.objects.get()
    assert (row.action, row.case_id, row.before, row.after) == (
        "remove",
        case.pk,
        {"status": "visible"},
        {"status": "removed"},
    )
    case.refresh_from_db()
    assert case.closed_at is not None


def test_django_admin_decides_by_the_log(comment: Comment, moderator: User) -> None:
    client = signed_in(moderator)
    run_action(client, "/admin/comments/comment/", "mark_as_spam", [comment])
    client.post(f"/admin/comments/comment/{comment.pk}/delete/", {"post": "yes"})
    rows = list(Decision.objects.values_list("number", "action", "after", "moderator_id"))
    assert rows == [
        (1, "spam", {"status": "spam"}, moderator.pk),
        (2, "remove", {"status": "deleted"}, moderator.pk),
    ]
    comment.refresh_from_db()
    assert comment.body == ""


def test_what_a_rule_held_is_in_the_queue_and_in_the_log(api: ApiFor, comment: Comment, moderator: User) -> None:
    Comment.objects.update(status="pending")
    comment.refresh_from_db()
    case = open_case(comment=comment, rule_name="Links")
    assert open_case(comment=comment, rule_name="Links") == case
    row = Decision.objects.earliest("number")
    assert (row.action, row.moderator_id, row.rule, row.after) == ("hold", None, "Links", {"status": "pending"})
    assert one(api(moderator), "approve", cases=[case.pk])["done"]
    comment.refresh_from_db()
    assert comment.status == "visible"
