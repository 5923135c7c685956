"""The queue: what moderators see, and at what cost."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment
from apps.moderation.models import Case
from apps.moderation.services.cases import Subject, Target, open_case
from apps.moderation.services.decisions import decide
from apps.moderation.services.reports import report
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db
QUEUE = "/api/v1/moderation/queue"


def reported(author: User, reporter: User, body: str = "Cheap watches!") -> Comment:
    """A reply in the fourth place of a thread, under a post of its own."""
    post = make_post(author)
    parent = None
    for remark in ("First.", "Second.", "Third."):
        parent = add_comment(post=post, author=author, parent=parent, body=remark)
    comment = add_comment(post=post, author=author, parent=parent, body=body)
    report(reporter=reporter, target=Target(kind=Subject.COMMENT.value, thing=comment), reason="spam", detail="Ads.")
    return comment


def test_case_comes_with_its_context(api: ApiFor, author: User, reader: User, moderator: User) -> None:
    person = Target(kind=Subject.PERSON.value, thing=author)
    decide(moderator=moderator, action="warn", target=person)
    comment = reported(author, reader)
    (row,) = api(moderator).get(QUEUE).json()["results"]
    assert row["subject"]["body_html"] == "<p>Cheap watches!</p>\n"
    assert (row["subject"]["type"], row["subject"]["id"], row["subject"]["status"]) == (
        "comment",
        comment.pk,
        "visible",
    )
    assert row["subject"]["url"].endswith(f"/posts/{comment.post.slug}#comment-{comment.pk}")
    assert [(above["author"], above["excerpt"]) for above in row["thread"]] == [
        ("Author", "First."),
        ("Author", "Second."),
        ("Author", "Third."),
    ]
    assert [(r["reporter"]["username"], r["reason"], r["detail"]) for r in row["reports"]] == [
        ("reader", "spam", "Ads.")
    ]
    assert (row["person"]["comment_count"], row["person"]["removed"], row["person"]["warnings"]) == (4, 0, 1)
    assert (row["rule"], row["decision"], row["closed_at"]) == (None, None, None)


def test_closed_cases_tell_the_decision(api: ApiFor, author: User, reader: User, moderator: User) -> None:
    comment = reported(author, reader)
    decide(moderator=moderator, action="remove", target=Target(kind="comment", thing=comment), note="No ads.")
    assert api(moderator).get(QUEUE).json()["results"] == []
    (row,) = api(moderator).get(QUEUE, {"show": "closed"}).json()["results"]
    assert (row["decision"]["action"], row["decision"]["note"]) == ("remove", "No ads.")
    assert (row["decision"]["moderator"]["username"], row["person"]["removed"]) == ("moderator", 1)


def test_queue_takes_as_many_queries_for_many_cases(
    api: ApiFor, author: User, moderator: User, django_assert_num_queries: Any
) -> None:
    reported(author, UserFactory.create())
    client = api(moderator)
    with CaptureQueriesContext(connection) as few:
        client.get(QUEUE)
    for _ in range(9):
        writer = UserFactory.create(roles=["author"])
        comment = reported(writer, UserFactory.create())
        target = Target(kind=Subject.COMMENT.value, thing=comment)
        for _ in range(2):
            report(reporter=UserFactory.create(), target=target, reason="abuse")
        post = make_post(writer)
        report(reporter=author, target=Target(kind="post", thing=post), reason="other")
        report(reporter=author, target=Target(kind="person", thing=writer), reason="other")
    with django_assert_num_queries(len(few.captured_queries)):
        rows = client.get(QUEUE, {"limit": 100}).json()["results"]
    assert len(rows) == 28
    assert len(few.captured_queries) <= 13


def test_pages_of_the_queue_hold_every_case_once(api: ApiFor, author: User, reader: User, moderator: User) -> None:
    post = make_post(author)
    for number in range(7):
        open_case(comment=add_comment(post=post, author=reader, body=f"{number}."))
    client, seen, path = api(moderator), [], f"{QUEUE}?limit=3"
    while path:
        page = client.get(path).json()
        seen += [row["id"] for row in page["results"]]
        path = page["next"]
    assert seen == list(Case.objects.order_by("id").values_list("id", flat=True))


def test_twenty_of_many_reports_are_shown(api: ApiFor, author: User, moderator: User) -> None:
    comment = add_comment(post=make_post(author), author=author, body="Cheap watches!")
    for _ in range(23):
        report(reporter=UserFactory.create(), target=Target(kind="comment", thing=comment), reason="spam")
    (row,) = api(moderator).get(QUEUE).json()["results"]
    assert (row["report_count"], len(row["reports"])) == (23, 20)


def test_case_of_what_moderators_do_not_see_is_not_there(
    api: ApiFor, author: User, reader: User, moderator: User, admin: User
) -> None:
    reported(author, reader)
    Post.objects.update(status="draft")
    assert api(moderator).get(QUEUE).json()["results"] == []
    assert len(api(admin).get(QUEUE).json()["results"]) == 1


def test_drafts_are_not_read_by_their_cases(api: ApiFor, author: User, reader: User, moderator: User) -> None:
    post = make_post(author)
    report(reporter=reader, target=Target(kind="post", thing=post), reason="illegal")
    Post.objects.update(status="draft", title="Secret")
    (row,) = api(moderator).get(QUEUE).json()["results"]
    assert (row["subject"]["title"], row["subject"]["body_html"], row["subject"]["status"]) == ("", "", "draft")


def test_log_is_read_by_person_and_by_subject(api: ApiFor, author: User, reader: User, moderator: User) -> None:
    comment = reported(author, reader)
    decide(moderator=moderator, action="remove", target=Target(kind="comment", thing=comment))
    decide(moderator=moderator, action="warn", target=Target(kind="person", thing=reader))
    client, log = api(moderator), "/api/v1/moderation/decisions"
    assert [row["number"] for row in client.get(log).json()["results"]] == [2, 1]
    assert [row["number"] for row in client.get(log, {"person": "AUTHOR"}).json()["results"]] == [1]
    found = client.get(log, {"subject": f"comment:{comment.pk}"}).json()["results"]
    assert [(row["before"], row["after"]) for row in found] == [({"status": "visible"}, {"status": "removed"})]
    assert client.get(log, {"subject": "comment"}).status_code == 400
    assert client.get(log, {"subject": f"person:{10**14}"}).json()["results"] == []


def test_log_takes_as_many_queries_for_many_rows(
    api: ApiFor, author: User, moderator: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        person = UserFactory.create()
        comment = add_comment(post=make_post(author), author=person, body=f"{number}.")
        for target in (Target(kind="comment", thing=comment), Target(kind="post", thing=comment.post)):
            decide(moderator=moderator, action="remove" if target.kind == "comment" else "lock", target=target)
        decide(moderator=moderator, action="warn", target=Target(kind="person", thing=person))
    client = api(moderator)
    with django_assert_max_num_queries(11):
        assert len(client.get("/api/v1/moderation/decisions", {"limit": 100}).json()["results"]) == 30
