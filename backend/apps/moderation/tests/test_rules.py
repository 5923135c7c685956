"""Rules: writing them, and what they do to comments."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.comments.services import add_comment, moderate_comment
from apps.moderation.models import Case, Decision, Rule
from apps.moderation.services import rule_trial
from apps.moderation.tests.rule_steps import make_known, status_after, turn_on, write
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db
WORDS = {"name": "Casinos", "kind": "words", "settings": {"words": ["casino", "free  money"]}}


@pytest.fixture
def post(author: User) -> Post:
    return make_post(author)


# -- Writing rules -------------------------------------------------------------------------------------------------


def test_rule_is_off_until_a_moderator_turns_it_on(api: ApiFor, moderator: User, reader: User, post: Post) -> None:
    client = api(moderator)
    answer = client.post("/api/v1/moderation/rules", WORDS)
    assert answer.status_code == 201
    rule = answer.json()
    assert (rule["enabled"], rule["action"], rule["version"]) == (False, "hold", 1)
    assert rule["settings"] == {"words": ["casino", "free money"]}
    assert status_after(api, post, reader, "A casino!") == "visible"
    address = answer.headers["Location"]
    changed = client.patch(address, {"enabled": True}, headers={"If-Match": client.etag(address)})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert status_after(api, post, reader, "A casino!") == "pending"


def test_stale_and_unbased_changes_are_refused(api: ApiFor, moderator: User) -> None:
    client = api(moderator)
    address = client.post("/api/v1/moderation/rules", WORDS).headers["Location"]
    tag = client.etag(address)
    assert client.patch(address, {"name": "Slots"}).status_code == 428
    assert client.patch(address, {"name": "Slots"}, headers={"If-Match": tag}).status_code == 200
    assert client.patch(address, {"name": "Games"}, headers={"If-Match": tag}).status_code == 412
    assert client.delete(address, headers={"If-Match": tag}).status_code == 412
    assert client.delete(address).status_code == 428
    assert client.delete(address, headers={"If-Match": client.etag(address)}).status_code == 204
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("kind", "settings", "pointer", "says"),
    [
        ("words", {"words": []}, "/settings/words", "at least 1"),
        ("words", {"words": ["!!!"]}, "/settings/words", "no letter and no digit"),
        ("words", {"words": ["x" * 101]}, "/settings/words/0", "100"),
        ("words", {"words": ["a"] * 501}, "/settings/words", "500"),
        ("words", {"hosts": ["example.com"]}, "/settings/hosts", "no field"),
        ("words", {}, "/settings/words", "required"),
        ("words", ["a"], "/settings", "object"),
        ("links", {"hosts": ["https://example.com/x"]}, "/settings/hosts", "without https://"),
        ("links", {"hosts": ["*.example.com"]}, "/settings/hosts", "not the name of a host"),
        ("links", {"hosts": ["com"]}, "/settings/hosts", "not the name of a host"),
        ("first_comments", {"count": 0}, "/settings/count", "1"),
        ("first_comments", {"count": "2"}, "/settings/count", "whole number"),
        ("new_with_links", {}, "/settings", "Say who is new"),
        ("rate", {"minutes": 10}, "/settings", "at least one"),
        ("rate", {"minutes": 0, "new": 1}, "/settings/minutes", "1"),
        ("akismet", {"until_checked": "never"}, "/settings/until_checked", "never"),
    ],
)
def test_settings_that_make_no_sense_are_named(
    kind: str, settings: Any, pointer: str, says: str, api: ApiFor, moderator: User
) -> None:
    body = {"name": "A rule", "kind": kind, "settings": settings}
    answer = api(moderator).post("/api/v1/moderation/rules", body)
    assert answer.status_code == 400
    (error,) = [row for row in answer.json()["errors"] if row["pointer"].startswith(pointer)][:1]
    assert says in error["detail"]
    assert not Rule.objects.exists()


def test_changed_settings_are_held_to_the_kind_of_the_rule(api: ApiFor, moderator: User) -> None:
    client = api(moderator)
    address = client.post("/api/v1/moderation/rules", WORDS).headers["Location"]
    answer = client.patch(address, {"settings": {"count": 3}}, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/settings/count")


def test_service_rule_cannot_be_turned_on_without_a_service_nor_refuse(
    api: ApiFor, moderator: User, settings: Any
) -> None:
    settings.AKISMET_KEY = ""
    body = {"name": "Spam", "kind": "akismet"}
    client = api(moderator)
    answer = client.post("/api/v1/moderation/rules", {**body, "enabled": True})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/enabled")
    answer = client.post("/api/v1/moderation/rules", {**body, "action": "refuse"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/action")
    made = client.post("/api/v1/moderation/rules", body)
    assert (made.status_code, made.json()["settings"]) == (201, {"until_checked": "show"})


def test_list_of_rules_asks_as_much_for_many(api: ApiFor, moderator: User, django_assert_num_queries: Any) -> None:
    client = api(moderator)
    turn_on("first_comments", {"count": 1})
    client.get("/api/v1/moderation/rules")
    for many in (0, 8):
        for _ in range(many):
            turn_on("first_comments", {"count": 1})
        with django_assert_num_queries(4):
            assert len(client.get("/api/v1/moderation/rules").json()["results"]) == many + 1


# -- What they do --------------------------------------------------------------------------------------------------


def test_held_comment_opens_a_case_and_stands_in_the_log_by_the_rule(api: ApiFor, reader: User, post: Post) -> None:
    rule = turn_on("words", {"words": ["casino"]}, name="Casinos")
    answer = write(api, post, reader, "Come to my **casino**.")
    assert (answer.status_code, answer.json()["status"]) == (201, "pending")
    comment = Comment.objects.get(pk=answer.json()["id"])
    case = Case.objects.get()
    assert (case.comment_id, case.rule_id, case.closed_at) == (comment.pk, rule.pk, None)
    decision = Decision.objects.get()
    assert (decision.action, decision.rule, decision.moderator_id) == ("hold", "Casinos", None)
    assert (decision.subject_id, decision.person_id, decision.case_id) == (comment.pk, reader.pk, case.pk)
    assert api().get(f"/api/v1/posts/{post.slug}/comments").json()["results"] == []


def test_spam_and_refusal_go_further_than_holding(api: ApiFor, reader: User, post: Post) -> None:
    turn_on("words", {"words": ["casino"]}, name="Wait")
    turn_on("words", {"words": ["casino"]}, action="spam", name="Spam")
    assert status_after(api, post, reader, "casino") == "spam"
    assert Decision.objects.get().rule == "Spam"
    turn_on("words", {"words": ["casino"]}, action="refuse", name="No casinos")
    answer = write(api, post, reader, "casino")
    assert answer.status_code == 422
    assert "No casinos" in answer.json()["detail"]
    assert Comment.objects.count() == 1


def test_edit_meets_the_rules_as_well_and_is_held_once(api: ApiFor, reader: User, post: Post) -> None:
    turn_on("words", {"words": ["casino"]})
    client = api(reader)
    made = write(api, post, reader, "Harmless.").json()
    address = f"/api/v1/comments/{made['id']}"
    for body in ("Come to my casino.", "Come to my casino, please."):
        edited = client.patch(address, {"body": body}, headers={"If-Match": client.etag(address)})
        assert (edited.status_code, edited.json()["status"]) == (200, "pending")
    assert Case.objects.count() == 1
    assert Decision.objects.count() == 1


def test_moderators_and_the_posts_author_pass(api: ApiFor, moderator: User, author: User, post: Post) -> None:
    turn_on("words", {"words": ["casino"]})
    assert status_after(api, post, moderator, "casino") == "visible"
    assert status_after(api, post, author, "casino") == "visible"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("See https://casino.example/win", "pending"),
        ("See [this](https://WWW.Casino.Example:8080/win)", "pending"),
        ("See www.deep.casino.example.", "pending"),
        ("See https://notcasino.example/", "visible"),
        ("Type casino.example, it is worth it.", "pending"),
        ("See https://example/casino", "visible"),
        ("See https://casino.example.org/", "visible"),
        ("Visit https://münchen.example/x", "pending"),
        ("The name casino-example is no link", "visible"),
    ],
)
def test_links_meet_hosts_and_those_below_them(body: str, status: str, api: ApiFor, reader: User, post: Post) -> None:
    turn_on("links", {"hosts": ["casino.example", "münchen.example"]})
    assert status_after(api, post, reader, body) == status


def test_first_comments_wait_until_enough_are_shown(api: ApiFor, reader: User, moderator: User, post: Post) -> None:
    turn_on("first_comments", {"count": 2})
    for _ in range(3):
        assert status_after(api, post, reader) == "pending"
    for comment in Comment.objects.order_by("pk")[:2]:
        moderate_comment(comment=comment, status="visible")
    assert status_after(api, post, reader) == "visible"


def test_new_people_with_links_wait_by_age_or_by_comments(api: ApiFor, reader: User, post: Post) -> None:
    rule = turn_on("new_with_links", {"days": 7})
    link = "See https://example.org/."
    make_known(reader, days=6)
    assert status_after(api, post, reader, "No link.") == "visible"
    assert status_after(api, post, reader, link) == "pending"
    make_known(reader, days=8)
    assert status_after(api, post, reader, link) == "visible"
    Rule.objects.filter(pk=rule.pk).update(settings={"comments": 5})
    make_known(reader, days=800, comments=4)
    assert status_after(api, post, reader, link) == "pending"
    make_known(reader, days=800, comments=5)
    assert status_after(api, post, reader, link) == "visible"


def test_rate_follows_trust_and_time(api: ApiFor, reader: User, outsider: User, post: Post) -> None:
    turn_on("rate", {"minutes": 10, "new": 1, "member": 3}, action="refuse", name="Slower")
    make_known(reader, days=1, comments=0)
    make_known(outsider, days=30, comments=20)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert [write(api, post, reader).status_code for _ in range(2)] == [201, 422]
        assert [write(api, post, outsider).status_code for _ in range(4)] == [201, 201, 201, 422]
        clock.shift(timedelta(minutes=10, seconds=1))
        assert write(api, post, reader).status_code == 201
    make_known(outsider, days=60, comments=80)
    assert [write(api, post, outsider).status_code for _ in range(5)] == [201] * 5


# -- Trying them ---------------------------------------------------------------------------------------------------


def _try(api: ApiFor, moderator: User, kind: str, settings: dict[str, Any]) -> Any:
    answer = api(moderator).post("/api/v1/moderation/rules/try", {"kind": kind, "settings": settings})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_trial_counts_what_a_rule_would_have_met_and_changes_nothing(
    api: ApiFor, moderator: User, reader: User, post: Post
) -> None:
    bodies = ["Nothing.", "A casino.", "casinos are more", "THE ＣＡＳＩＮＯ"]
    for body in bodies:
        add_comment(post=post, author=reader, body=body)
    tried = _try(api, moderator, "words", {"words": ["casino"]})
    assert (tried["looked_at"], tried["matches"]) == (4, 2)
    assert [row["excerpt"] for row in tried["examples"]] == ["THE ＣＡＳＩＮＯ", "A casino."]
    assert tried["examples"][0]["author"]["username"] == "reader"
    assert set(Comment.objects.values_list("status", flat=True)) == {"visible"}
    assert not Rule.objects.exists()
    assert not Decision.objects.exists()


def test_trial_knows_what_was_so_when_comments_were_written(
    api: ApiFor, moderator: User, reader: User, outsider: User, post: Post
) -> None:
    make_known(reader, days=100)
    make_known(outsider, days=2)
    start = timezone.now()
    for number in range(4):
        for person in (reader, outsider):
            comment = add_comment(post=post, author=person, body=f"{number} https://example.org/")
            Comment.objects.filter(pk=comment.pk).update(created_at=start + timedelta(minutes=number))
    assert _try(api, moderator, "first_comments", {"count": 1})["matches"] == 2
    assert _try(api, moderator, "first_comments", {"count": 3})["matches"] == 6
    assert _try(api, moderator, "new_with_links", {"days": 7})["matches"] == 4
    assert _try(api, moderator, "new_with_links", {"days": 7, "comments": 2})["matches"] == 6
    assert _try(api, moderator, "rate", {"minutes": 2, "new": 1})["matches"] == 6
    assert _try(api, moderator, "rate", {"minutes": 3, "new": 2})["matches"] == 4
    assert _try(api, moderator, "rate", {"minutes": 2, "regular": 1})["matches"] == 0
    assert _try(api, moderator, "links", {"hosts": ["example.org"]})["matches"] == 8


def test_trial_stops_at_a_thousand_and_asks_little(
    api: ApiFor,
    moderator: User,
    reader: User,
    post: Post,
    django_assert_max_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rule_trial, "SECONDS", 60)  # its time is not what ends it here
    template = add_comment(post=post, author=reader, body="A casino.")
    Comment.objects.bulk_create(
        Comment(post=post, author=reader, body="A casino.", body_html=template.body_html, path=f"{n:07d}", root_id=1)
        for n in range(1, 1050)
    )
    client = api(moderator)
    body = {"kind": "rate", "settings": {"minutes": 10, "new": 5, "member": 9, "regular": 500}}
    with django_assert_max_num_queries(16):
        tried = client.post("/api/v1/moderation/rules/try", body).json()
    assert (tried["looked_at"], len(tried["examples"])) == (1000, 10)


def test_service_cannot_be_tried(api: ApiFor, moderator: User) -> None:
    answer = api(moderator).post("/api/v1/moderation/rules/try", {"kind": "akismet"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "not_triable")
