"""Reports: by whom, of what, how often, and what becomes of them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment, delete_comment, edit_comment, moderate_comment
from apps.common.outbox import drain
from apps.moderation.models import Case, Decision, Report
from apps.moderation.services.reports import MOST_AT_ONCE
from apps.notifications.models import Notification
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db
REPORTS = "/api/v1/reports"


@pytest.fixture
def comment(author: User, outsider: User) -> Comment:
    return add_comment(post=make_post(author), author=outsider, body="Cheap watches!")


def spam(comment: Comment) -> dict[str, Any]:
    return {"comment": comment.pk, "reason": "spam", "detail": "It sells watches."}


def test_report_opens_a_case_and_others_join_it(api: ApiFor, comment: Comment, reader: User, editor: User) -> None:
    answer = api(reader).post(REPORTS, spam(comment))
    assert answer.status_code == 201
    assert answer.json() == {"id": Report.objects.get().pk, "outcome": "open"}
    assert api(editor).post(REPORTS, spam(comment)).status_code == 201
    case = Case.objects.get()
    assert (case.comment, case.report_count, case.closed_at) == (comment, 2, None)


def test_reporting_twice_is_reporting_once(api: ApiFor, comment: Comment, reader: User) -> None:
    first = api(reader).post(REPORTS, spam(comment))
    again = api(reader).post(REPORTS, {**spam(comment), "reason": "abuse"})
    assert (again.status_code, again.json()) == (200, first.json())
    assert Case.objects.get().report_count == 1


def test_declined_report_is_not_opened_again_unless_the_comment_changed(
    api: ApiFor, comment: Comment, reader: User, moderator: User
) -> None:
    api(reader).post(REPORTS, spam(comment))
    decided = api(moderator).post(
        "/api/v1/moderation/decisions", {"action": "dismiss", "cases": [Case.objects.get().pk]}
    )
    assert decided.json()["results"][0]["done"]
    again = api(reader).post(REPORTS, spam(comment))
    assert (again.status_code, again.json()["outcome"]) == (200, "declined")
    edit_comment(comment=comment, body="Cheaper watches!!")
    assert api(reader).post(REPORTS, spam(comment)).status_code == 201
    assert Case.objects.open().count() == 1


def test_what_is_hidden_answers_like_what_is_not_there(api: ApiFor, author: User, outsider: User, reader: User) -> None:
    hidden = add_comment(post=make_post(author), author=outsider, body="Secret.")
    moderate_comment(comment=hidden, status="pending")
    client = api(reader)
    for there, absent in (
        ({"comment": hidden.pk}, {"comment": hidden.pk + 1000}),
        ({"post": make_post(author, "draft").slug}, {"post": "no-such-post"}),
        ({"person": UserFactory.create(is_active=False).username}, {"person": "nobody"}),
    ):
        one = client.post(REPORTS, {**there, "reason": "spam"})
        other = client.post(REPORTS, {**absent, "reason": "spam"})
        assert one.status_code == other.status_code == 422
        assert one.json()["errors"] == other.json()["errors"]
    assert Case.objects.count() == 0


def test_place_of_a_removed_comment_with_replies_cannot_be_reported(
    api: ApiFor, comment: Comment, reader: User
) -> None:
    add_comment(post=comment.post, author=reader, parent=comment, body="Indeed.")
    moderate_comment(comment=comment, status="removed")
    assert api(reader).get(f"/api/v1/comments/{comment.pk}").status_code == 200
    assert api(reader).post(REPORTS, spam(comment)).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {"reason": "spam"},
        {"reason": "spam", "post": "a", "comment": 1},
        {"reason": "boring", "comment": 1},
        {"reason": "spam", "comment": 1, "detail": "x" * 1001},
        {"reason": "spam", "comment": 10**20},
    ],
)
def test_malformed_report_is_refused(api: ApiFor, reader: User, body: dict[str, Any]) -> None:
    assert api(reader).post(REPORTS, body).status_code == 400


def test_nobody_floods_the_queue(api: ApiFor, author: User, reader: User) -> None:
    post, client = make_post(author), api(reader)
    remarks = [add_comment(post=post, author=author, body=f"Remark {n}.") for n in range(MOST_AT_ONCE + 1)]
    assert {client.post(REPORTS, spam(remark)).status_code for remark in remarks[:MOST_AT_ONCE]} == {201}
    refused = client.post(REPORTS, spam(remarks[-1]))
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_attempts")
    assert 3500 < int(refused.headers["Retry-After"]) <= 3601
    assert Case.objects.count() == MOST_AT_ONCE
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert api(reader).post(REPORTS, spam(remarks[-1])).status_code == 201


def test_reporter_learns_what_became_of_it(api: ApiFor, comment: Comment, reader: User, moderator: User) -> None:
    api(reader).post(REPORTS, spam(comment))
    own = api(reader).get("/api/v1/me/reports").json()["results"]
    assert [(row["outcome"], row["subject"]["excerpt"]) for row in own] == [("open", "Cheap watches!")]
    body = {"action": "remove", "cases": [Case.objects.get().pk], "reason": "spam"}
    api(moderator).post("/api/v1/moderation/decisions", body)
    drain()
    drain()
    told = Notification.objects.filter(recipient=reader, kind="report")
    assert [row.data for row in told] == [{"report": Report.objects.get().pk, "outcome": "upheld"}]
    row = api(reader).get("/api/v1/me/reports").json()["results"][0]
    assert row["outcome"] == "upheld"
    assert (row["subject"]["excerpt"], row["subject"]["url"]) == ("", None)


def test_what_was_reported_is_named_by_its_words_alone(
    api: ApiFor, comment: Comment, author: User, reader: User
) -> None:
    marked = add_comment(post=comment.post, author=author, body="Only a **fool** buys\n\n[these](https://example.org).")
    api(reader).post(REPORTS, spam(marked))
    (row,) = api(reader).get("/api/v1/me/reports").json()["results"]
    assert row["subject"]["excerpt"] == "Only a fool buys these."


def test_case_of_a_comment_that_its_author_deletes_is_closed(api: ApiFor, comment: Comment, reader: User) -> None:
    api(reader).post(REPORTS, spam(comment))
    delete_comment(comment=comment)
    drain()
    assert Case.objects.get().closed_at is not None
    assert Report.objects.get().outcome == "upheld"
    assert Decision.objects.count() == 0


def test_own_reports_take_as_many_queries_for_many(
    api: ApiFor, author: User, reader: User, django_assert_max_num_queries: Any
) -> None:
    post, client = make_post(author), api(reader)
    for number in range(6):
        client.post(REPORTS, spam(add_comment(post=post, author=author, body=f"Remark {number}.")))
    client.post(REPORTS, {"post": post.slug, "reason": "other"})
    client.post(REPORTS, {"person": author.username, "reason": "other"})
    with django_assert_max_num_queries(8):
        assert len(client.get("/api/v1/me/reports").json()["results"]) == 8
