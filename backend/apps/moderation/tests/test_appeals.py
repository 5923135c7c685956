"""Appeals: once, by the person concerned, answered by another moderator."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.accounts.tests.mailbox import mails_to
from apps.comments.models import Comment
from apps.comments.services import add_comment
from apps.common.outbox import drain
from apps.moderation.models import Appeal, Case, Decision, Report
from apps.moderation.services.cases import Subject, Target, open_case
from apps.moderation.services.decisions import decide
from apps.moderation.services.effects import Terms
from apps.moderation.services.reports import report
from apps.moderation.services.taking_back import undo
from apps.moderation.services.verification import differences, verify_log
from apps.notifications.models import Notification
from apps.posts.tests.factories import make_post
from conftest import ApiClient, ApiFor
from tests.test_contract import assert_problem

pytestmark = pytest.mark.django_db
APPEALS = "/api/v1/moderation/appeals"
DECISIONS = "/api/v1/moderation/decisions"
BY_LINK = "/api/v1/moderation/appeals/by-link"
TEXT = "It was a quotation from the post."


@pytest.fixture
def other() -> User:
    """Another moderator."""
    return UserFactory.create(username="other", roles=["moderator"])


@pytest.fixture
def comment(author: User, outsider: User) -> Comment:
    return add_comment(post=make_post(author), author=outsider, body="Cheap watches!")


@pytest.fixture
def removed(comment: Comment, reader: User, moderator: User) -> Decision:
    """The moderator has removed the outsider's comment, which the reader reported."""
    target = Target(kind=Subject.COMMENT.value, thing=comment)
    case = report(reporter=reader, target=target, reason="spam")[0].case
    return decide(moderator=moderator, action="remove", target=target, case=case, reason="spam")


def appeal(client: ApiClient, decision: Decision) -> Any:
    return client.post(APPEALS, {"decision": decision.number, "text": TEXT})


def answer(client: ApiClient, action: str, decision: Decision) -> dict[str, Any]:
    sent = client.post(DECISIONS, {"action": action, "answers": [decision.number], "note": "Looked at again."})
    assert sent.status_code == 200, sent.content
    assert verify_log()[1] == []
    assert list(differences()) == []
    (result,) = sent.json()["results"]
    return dict(result)


def test_appeal_is_made_once_and_waits_for_another_moderator(
    api: ApiFor, removed: Decision, outsider: User, moderator: User, other: User
) -> None:
    made = appeal(api(outsider), removed)
    assert (made.status_code, made.json()["state"], made.json()["text"]) == (201, "open", TEXT)
    again = appeal(api(outsider), removed)
    assert (again.status_code, again.json()["code"]) == (409, "already_decided")
    (row,) = api(outsider).get("/api/v1/me/decisions").json()["results"]
    assert (row["may_appeal"], row["appeal"]["state"]) == (False, "open")
    assert api(other).get("/api/v1/moderation/summary").json()["appeals"] == 1
    assert api(moderator).get("/api/v1/moderation/summary").json()["appeals"] == 0
    for who, may in ((moderator, False), (other, True)):
        (shown,) = api(who).get(APPEALS).json()["results"]
        assert (shown["may_answer"], shown["decision"]["number"], shown["appellant"]["username"]) == (
            may,
            removed.number,
            "outsider",
        )


def test_another_moderator_overturns_and_the_comment_is_back(
    api: ApiFor, removed: Decision, comment: Comment, outsider: User, reader: User, other: User
) -> None:
    appeal(api(outsider), removed)
    assert answer(api(other), "overturn", removed)["done"]
    comment.refresh_from_db()
    assert (comment.status, Appeal.objects.get().state, Report.objects.get().outcome) == (
        "visible",
        "overturned",
        "declined",
    )
    assert Case.objects.get().closed_at is not None
    drain()
    told = Notification.objects.filter(recipient=outsider, kind="decision").order_by("id")
    assert [row.data["action"] for row in told] == ["remove", "overturn"]
    assert {row.data["outcome"] for row in Notification.objects.filter(recipient=reader)} == {"declined"}
    rows = api(outsider).get("/api/v1/me/decisions").json()["results"]
    assert [(row["number"], row["answers"], row["answered_by"], row["note"]) for row in rows] == [
        (2, 1, None, "Looked at again."),
        (1, None, 2, ""),
    ]


def test_upheld_decision_stands(
    api: ApiFor, removed: Decision, comment: Comment, outsider: User, moderator: User, other: User
) -> None:
    appeal(api(outsider), removed)
    assert answer(api(other), "uphold", removed)["done"]
    comment.refresh_from_db()
    assert (comment.status, Appeal.objects.get().state) == ("removed", "upheld")
    late = answer(api(other), "overturn", removed)
    assert (late["done"], late["problem"]["code"]) == (False, "already_decided")


def test_nobody_answers_an_appeal_against_their_own_decision(
    api: ApiFor, removed: Decision, outsider: User, moderator: User
) -> None:
    appeal(api(outsider), removed)
    assert answer(api(moderator), "overturn", removed)["problem"]["code"] == "not_yours_to_decide"
    refused = answer(api(moderator), "undo", removed)
    assert (refused["problem"]["code"], Appeal.objects.get().state) == ("invalid_state", "open")


def test_moderator_does_not_answer_their_own_appeal(api: ApiFor, author: User, moderator: User, other: User) -> None:
    own = add_comment(post=make_post(author), author=other, body="Mine.")
    decision = decide(moderator=moderator, action="spam", target=Target(kind="comment", thing=own))
    appeal(api(other), decision)
    assert api(other).get(APPEALS).json()["results"] == []
    assert answer(api(other), "overturn", decision)["problem"]["code"] == "not_yours_to_decide"


def test_overturning_leaves_what_was_decided_since(
    api: ApiFor, removed: Decision, comment: Comment, outsider: User, moderator: User, other: User
) -> None:
    appeal(api(outsider), removed)
    decide(moderator=moderator, action="spam", target=Target(kind="comment", thing=comment))
    assert answer(api(other), "overturn", removed)["done"]
    comment.refresh_from_db()
    assert comment.status == "spam"


def test_only_the_person_concerned_appeals(api: ApiFor, removed: Decision, reader: User, admin: User) -> None:
    assert {appeal(api(who), removed).status_code for who in (reader, admin)} == {404}
    assert Appeal.objects.count() == 0


def test_nobody_learns_of_dismissed_reports_by_appealing(
    api: ApiFor, comment: Comment, outsider: User, reader: User, moderator: User
) -> None:
    target = Target(kind=Subject.COMMENT.value, thing=comment)
    report(reporter=reader, target=target, reason="spam")
    dismissed = decide(moderator=moderator, action="dismiss", target=target)
    there = appeal(api(outsider), dismissed)
    absent = api(outsider).post(APPEALS, {"decision": 4711, "text": TEXT})
    assert (there.status_code, there.json()["detail"]) == (absent.status_code, absent.json()["detail"])


def test_there_is_nothing_to_appeal_against_once_it_is_undone(
    api: ApiFor, removed: Decision, outsider: User, other: User
) -> None:
    undo(moderator=other, number=removed.number)
    assert appeal(api(outsider), removed).json()["code"] == "already_decided"


def test_what_a_rule_held_is_looked_at_without_an_appeal(api: ApiFor, comment: Comment, outsider: User) -> None:
    Comment.objects.update(status="pending")
    open_case(comment=comment, rule_name="Links")
    assert appeal(api(outsider), Decision.objects.get()).status_code == 422


def test_appeals_end_after_ninety_days(api: ApiFor, removed: Decision, outsider: User) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert appeal(api(outsider), removed).status_code == 422


@pytest.mark.parametrize("text", ["", "x" * 2001])
def test_appeal_says_something_short(api: ApiFor, removed: Decision, outsider: User, text: str) -> None:
    assert api(outsider).post(APPEALS, {"decision": removed.number, "text": text}).status_code == 400


def test_who_was_kept_out_longer_than_there_is_time_to_appeal_can_do_so_afterwards(
    api: ApiFor, outsider: User, moderator: User
) -> None:
    until = timezone.now() + timedelta(days=200)
    target = Target(kind=Subject.PERSON.value, thing=outsider)
    decision = decide(moderator=moderator, action="suspend", target=target, reason="abuse", terms=Terms(until=until))
    with time_machine.travel(until + timedelta(days=89)):
        assert appeal(api(outsider), decision).status_code == 201
    decide(moderator=moderator, action="lift", target=target)
    decision = decide(moderator=moderator, action="suspend", target=target, reason="spam", terms=Terms(until=until))
    with time_machine.travel(until + timedelta(days=91)):
        assert appeal(api(outsider), decision).status_code == 422


def test_who_is_suspended_appeals_by_the_link_in_the_mail(
    api: ApiFor, outsider: User, moderator: User, other: User
) -> None:
    target = Target(kind=Subject.PERSON.value, thing=outsider)
    terms = Terms(until=timezone.now() + timedelta(days=400))
    decision = decide(moderator=moderator, action="suspend", target=target, reason="abuse", terms=terms)
    drain()
    message: Any = mails_to(outsider.email)[0]
    (address,) = set(re.findall(r"http\S+/appeal#(\S+)", str(message.body)))
    assert f"/appeal#{address}" in str(message.alternatives[0][0])
    assert appeal(api(outsider), decision).status_code == 401

    guest = api()
    for wrong in (address[:-1], address.replace(".", ".1", 1), "1.1.", "x"):
        assert_problem(guest.post(BY_LINK, {"token": wrong, "text": TEXT}), 404, "not_found")
    assert_problem(guest.post(BY_LINK, {"token": address, "text": " "}), 400)
    sent = guest.post(BY_LINK, {"token": address, "text": TEXT})
    assert sent.status_code == 201, sent.content
    assert sent.json()["state"] == "open"
    assert_problem(guest.post(BY_LINK, {"token": address, "text": TEXT}), 409, "already_decided")
    assert Appeal.objects.get().appellant == outsider

    answer(api(other), "overturn", decision)
    outsider.refresh_from_db()
    assert not outsider.is_suspended
    outsider.is_active = False
    outsider.save()
    assert_problem(guest.post(BY_LINK, {"token": address, "text": TEXT}), 404, "not_found")
