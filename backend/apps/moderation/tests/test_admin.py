"""Moderation in the Django admin."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.comments.services import add_comment
from apps.common.tests.admin_forms import count_queries, messages_of, run_action, signed_in, submit
from apps.moderation.admin.dashboard import in_words
from apps.moderation.models import Case, Decision, Rule
from apps.moderation.services.appeals import appeal_against
from apps.moderation.services.cases import open_case
from apps.moderation.services.figures import percentile, response_times
from apps.moderation.tests.test_log import unguarded
from apps.posts.models import Post
from apps.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db
QUEUE = "/admin/moderation/case/"
LOG = "/admin/moderation/decision/"
RULES = "/admin/moderation/rule/"
FIGURES = f"{QUEUE}figures/"


@pytest.fixture
def post(author: User) -> Post:
    return make_post(author, title="On maps")


@pytest.fixture
def case(post: Post, reader: User, outsider: User) -> Case:
    """A reply that somebody has reported."""
    first = add_comment(post=post, author=outsider, body="What comes first.")
    reply = add_comment(post=post, author=reader, body="Rude words <b>here</b>.", parent=first)
    case = open_case(comment=reply)
    case.reports.create(reporter=outsider, reason="abuse", detail="So rude.")
    Case.objects.update(report_count=1)
    return Case.objects.get()


def test_case_is_shown_with_its_context(case: Case, moderator: User) -> None:
    page = signed_in(moderator).get(f"{QUEUE}{case.pk}/change/").content.decode()
    for text in (
        "What comes first.",
        "Rude words &lt;b&gt;here",
        "So rude.",
        "outsider",
        "On maps",
        "comments shown: 1",
    ):
        assert text in page, text


@pytest.mark.parametrize(
    ("action", "status"), [("approve", "visible"), ("remove_from_sight", "removed"), ("mark_as_spam", "spam")]
)
def test_moderator_decides_on_many_and_the_log_says_so(action: str, status: str, case: Case, moderator: User) -> None:
    response = run_action(signed_in(moderator), QUEUE, action, [case], reason="abuse")
    assert "1 case" in messages_of(response)
    assert case.comment is not None
    assert Comment.objects.get(pk=case.comment.pk).status == status
    decision = Decision.objects.get()
    assert (decision.moderator_id, decision.reason, decision.case_id) == (moderator.pk, "abuse", case.pk)
    assert Case.objects.get().closed_at is not None


def test_suspension_from_the_queue_needs_a_time(case: Case, moderator: User, reader: User) -> None:
    client = signed_in(moderator)
    assert "Say for how long" in messages_of(run_action(client, QUEUE, "suspend", [case]))
    assert not Decision.objects.exists()
    run_action(client, QUEUE, "suspend", [case], days="7")
    reader.refresh_from_db()
    assert reader.suspended_until is not None
    assert timedelta(days=6) < reader.suspended_until - timezone.now() < timedelta(days=8)
    assert Decision.objects.get().action == "suspend"


def test_decision_in_the_form_goes_with_reason_and_note(case: Case, moderator: User) -> None:
    client = signed_in(moderator)
    address = f"{QUEUE}{case.pk}/change/"
    refused = submit(client, address, decision="silence", reason="abuse")
    assert refused.status_code == 200
    assert "Say for how long" in refused.content.decode()
    saved = submit(client, address, decision="remove", reason="abuse", note="Be kind.")
    assert saved.status_code == 302
    decision = Decision.objects.get()
    assert (decision.action, decision.reason, decision.note) == ("remove", "abuse", "Be kind.")
    closed = client.get(address)
    assert closed.status_code == 200
    assert 'name="decision"' not in closed.content.decode()


def test_thread_is_slowed_down_from_the_queue(case: Case, post: Post, moderator: User) -> None:
    client, address = signed_in(moderator), f"{QUEUE}{case.pk}/change/"
    assert "Say how long." in submit(client, address, decision="slow").content.decode()
    assert submit(client, address, decision="slow", pause="300").status_code == 302
    post.refresh_from_db()
    assert post.slow_mode_seconds == 300


def test_decisions_are_taken_back_and_appeals_answered_in_the_log(
    case: Case, moderator: User, admin: User, reader: User
) -> None:
    run_action(signed_in(moderator), QUEUE, "remove_from_sight", [case])
    said = messages_of(run_action(signed_in(moderator), LOG, "undo", [Decision.objects.get()]))
    assert "1 decision undone" in said
    assert Comment.objects.get(cases=case).status == "visible"
    run_action(signed_in(moderator), QUEUE, "mark_as_spam", [case])
    spam = Decision.objects.get(action="spam")
    appeal_against(person=reader, number=spam.number, text="It is none.")
    assert "Another moderator" in messages_of(run_action(signed_in(moderator), LOG, "uphold", [spam]))
    assert "1 decision overturned" in messages_of(run_action(signed_in(admin), LOG, "overturn", [spam]))
    assert Comment.objects.get(cases=case).status == "visible"
    assert [row.action for row in Decision.objects.order_by("number")] == ["remove", "undo", "spam", "overturn"]


def test_queue_hides_cases_about_the_moderator_and_what_is_decided(
    case: Case, post: Post, moderator: User, reader: User
) -> None:
    own = open_case(comment=add_comment(post=post, author=moderator, body="My own words."))
    client = signed_in(moderator)
    page = client.get(QUEUE).content.decode()
    assert "Rude words" in page
    assert "My own words" not in page
    assert client.get(f"{QUEUE}{own.pk}/change/").status_code == 302
    run_action(client, QUEUE, "dismiss", [case])
    assert "Rude words" not in client.get(QUEUE).content.decode()
    assert "Rude words" in client.get(QUEUE, {"show": "closed"}).content.decode()


def test_reports_of_posts_and_people_are_in_the_queue(
    post: Post, moderator: User, outsider: User, reader: User
) -> None:
    open_case(post=post)
    open_case(person=reader)
    client = signed_in(moderator)
    page = client.get(QUEUE).content.decode()
    assert "On maps" in page
    for case in Case.objects.all():
        assert client.get(f"{QUEUE}{case.pk}/change/").status_code == 200


@pytest.mark.parametrize("address", [QUEUE, LOG, RULES, FIGURES, f"{LOG}verify/"])
def test_moderation_is_for_moderators(address: str, moderator: User, editor: User, reader: User, admin: User) -> None:
    assert signed_in(moderator).get(address).status_code == 200
    assert signed_in(admin).get(address).status_code == 200
    assert signed_in(editor).get(address).status_code == 403
    assert signed_in(reader).get(address).status_code == 302


def test_queue_asks_as_much_for_many(case: Case, post: Post, moderator: User, reader: User) -> None:
    client = signed_in(moderator)
    few = count_queries(client, QUEUE)
    for number in range(12):
        open_case(comment=add_comment(post=post, author=reader, body=f"No {number}"))
    assert count_queries(client, QUEUE) == few


# -- The log -------------------------------------------------------------------------------------------------------


def test_log_can_be_looked_at_and_not_touched(case: Case, moderator: User, admin: User) -> None:
    run_action(signed_in(moderator), QUEUE, "remove_from_sight", [case])
    decision = Decision.objects.get()
    for person in (moderator, admin):
        client = signed_in(person)
        assert "moderator" in client.get(LOG).content.decode()
        assert "reader" in client.get(LOG, {"q": "reader"}).content.decode()
        page = client.get(f"{LOG}{decision.pk}/change/")
        assert page.status_code == 200
        assert decision.hash in page.content.decode()
        assert client.post(f"{LOG}{decision.pk}/change/", {"note": "No."}).status_code == 403
        assert client.post(f"{LOG}{decision.pk}/delete/", {"post": "yes"}).status_code == 403
        assert client.get(f"{LOG}add/").status_code == 403


def test_changed_row_is_shown_as_such_and_found_by_verifying(case: Case, moderator: User) -> None:
    client = signed_in(moderator)
    run_action(client, QUEUE, "remove_from_sight", [case])
    assert "as it was written: 1 row" in client.get(f"{LOG}verify/").content.decode()
    assert "icon-no" not in client.get(LOG).content.decode()
    with unguarded() as execute:
        execute("UPDATE moderation_decision SET reason = 'spam'")
    assert "icon-no" in client.get(LOG).content.decode()
    assert "row 1: changed" in client.get(f"{LOG}verify/").content.decode()


# -- Rules ---------------------------------------------------------------------------------------------------------


def test_rule_is_checked_in_the_admin_as_over_the_api(moderator: User) -> None:
    client = signed_in(moderator)
    body = {"name": "Casinos", "kind": "links", "action": "hold", "settings": '{"hosts": ["https://casino.example"]}'}
    refused = client.post(f"{RULES}add/", body)
    assert "without https://" in refused.content.decode()
    assert client.post(f"{RULES}add/", {**body, "settings": '{"hosts": ["Casino.example"]}'}).status_code == 302
    rule = Rule.objects.get()
    assert (rule.settings, rule.enabled) == ({"hosts": ["casino.example"]}, False)
    address = f"{RULES}{rule.pk}/change/"
    assert submit(client, address, enabled="on").status_code == 302
    rule.refresh_from_db()
    assert (rule.enabled, rule.version) == (True, 2)
    assert client.post(f"{RULES}{rule.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Rule.objects.exists()


def test_service_that_is_not_set_up_is_said_in_the_form(moderator: User, settings: Any) -> None:
    settings.AKISMET_KEY = ""
    body = {"name": "Spam", "kind": "akismet", "action": "hold", "settings": "{}", "enabled": "on"}
    assert "AKISMET_KEY" in signed_in(moderator).post(f"{RULES}add/", body).content.decode()
    assert not Rule.objects.exists()


# -- Figures -------------------------------------------------------------------------------------------------------


def test_figures_count_days_and_tell_how_long_people_waited(case: Case, moderator: User) -> None:
    Case.objects.update(opened_at=timezone.now() - timedelta(hours=5))
    client = signed_in(moderator)
    run_action(client, QUEUE, "remove_from_sight", [case])
    response = client.get(FIGURES, {"days": "7"})
    page = response.content.decode()
    assert "2 in all" in page  # comments
    assert "1 in all" in page  # reports, decisions
    assert page.count("<rect") == 21
    assert "5 h" in page
    assert "<script" not in page.split('class="figures"')[1]
    assert " style=" not in page.split('class="figures"')[1]
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


def test_figures_of_nothing_are_a_page_too(moderator: User) -> None:
    assert "–" in signed_in(moderator).get(FIGURES, {"days": "nonsense"}).content.decode()


def test_response_times_are_values_that_occurred(case: Case) -> None:
    hours = [timedelta(hours=number) for number in range(1, 11)]
    assert (percentile(hours, 0.5), percentile(hours, 0.9)) == (timedelta(hours=5), timedelta(hours=9))
    assert percentile([], 0.5) is None
    assert [row.decided for row in response_times(30)] == [0, 0, 0]
    assert [in_words(timedelta(seconds=s)) for s in (0, 59, 3600, 90061)] == ["0 s", "59 s", "1 h", "1 d 1 h"]
