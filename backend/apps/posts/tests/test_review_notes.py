"""Remarks on drafts, and the mails of reviews."""

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.common import outbox
from apps.posts.models import ReviewNote
from apps.posts.services.co_authors import add_co_author
from apps.posts.services.reviews import add_note, approve_post, send_back_post, submit_post
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db
POSTS = "/api/v1/posts"


# -- Remarks -------------------------------------------------------------------------------------------------------


def test_remarks_are_written_resolved_and_removed(author: User, outsider: User, editor: User, api: ApiFor) -> None:
    post = make_post(author, "draft")
    add_co_author(post=post, person=outsider, actor=author)
    path = f"{POSTS}/{post.slug}/review-notes"
    made = api(editor).post(path, {"body": "Who says so?", "quote": "Some text"})
    assert (made.status_code, made.json()["author"]["username"]) == (201, "editor")
    location = made.headers["Location"]
    assert api(author).get(location).json() == made.json()
    assert api(author).patch(location, {"resolved": True}).json()["resolved_at"] is not None
    assert api(outsider).patch(location, {"resolved": False}).json()["resolved_at"] is None
    assert api(author).delete(location).status_code == 403
    assert api(editor).delete(location).status_code == 204
    assert api(author).get(location).status_code == 404


def test_remark_of_another_post_is_not_there(author: User, outsider: User, api: ApiFor) -> None:
    hidden = add_note(post=make_post(outsider, "draft"), author=outsider, body="Between us.")
    mine = make_post(author, "draft")
    assert api(author).get(f"{POSTS}/{mine.slug}/review-notes/{hidden.pk}").status_code == 404


def test_steps_stay_and_only_what_asks_for_something_is_resolved(author: User, editor: User, api: ApiFor) -> None:
    post = make_post(author, "draft")
    submit_post(post=post, actor=author)
    send_back_post(post=post, actor=editor, note="Please.")
    asked, sent_back = ReviewNote.objects.order_by("id")
    path = f"{POSTS}/{post.slug}/review-notes"
    assert api(author).patch(f"{path}/{asked.pk}", {"resolved": True}).status_code == 422
    assert api(author).patch(f"{path}/{sent_back.pk}", {"resolved": True}).status_code == 200
    assert api(editor).delete(f"{path}/{sent_back.pk}").status_code == 422


def test_remark_on_what_was_too_long_or_empty_is_refused(author: User, api: ApiFor) -> None:
    path = f"{POSTS}/{make_post(author, 'draft').slug}/review-notes"
    for body in (
        {},
        {"body": ""},
        {"body": "x" * 5001},
        {"body": "x", "quote": "x" * 501},
        {"body": "x", "kind": "approved"},
    ):
        assert api(author).post(path, body).status_code == 400, body


def test_queries_of_remarks_do_not_grow(author: User, editor: User, api: ApiFor) -> None:
    post = make_post(author, "draft")
    client, counts = api(author), []
    for number in (1, 8):
        for _ in range(number):
            add_note(post=post, author=editor, body="Hm.")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{POSTS}/{post.slug}/review-notes")
        counts.append(len(captured))
    assert counts[0] == counts[1]


# -- Mails ---------------------------------------------------------------------------------------------------------


def test_editors_hear_of_a_submission_and_writers_of_its_end(author: User, outsider: User, editor: User) -> None:
    chief = UserFactory.create(username="chief", roles=["admin"])
    UserFactory.create(username="gone", roles=["editor"], is_active=False)
    post = make_post(author, "draft", title="The quiet tools")
    add_co_author(post=post, person=outsider, actor=author)
    outbox.drain()
    mail.outbox.clear()

    submit_post(post=post, actor=author, note="The <b>second</b> half is new.")
    outbox.drain()
    assert {message.to[0] for message in mail.outbox} == {editor.email, chief.email}
    sent: Any = mail.outbox[0]
    assert sent.subject == "“The quiet tools” waits for a review"
    assert "The <b>second</b> half is new." in sent.body
    assert "&lt;b&gt;second" in str(sent.alternatives[0][0])
    assert f"/write/posts/{post.slug}" in sent.body

    mail.outbox.clear()
    send_back_post(post=post, actor=editor, note="Please name your source.")
    outbox.drain()
    assert {message.to[0] for message in mail.outbox} == {author.email, outsider.email}
    assert mail.outbox[0].subject == "Sent back: “The quiet tools”"
    assert "Please name your source." in mail.outbox[0].body

    mail.outbox.clear()
    submit_post(post=post, actor=outsider)
    approve_post(post=post, actor=editor)
    outbox.drain()
    subjects = {(message.to[0], message.subject.partition(":")[0]) for message in mail.outbox}
    assert {(author.email, "Approved"), (outsider.email, "Approved")} <= subjects


def test_editor_who_submits_gets_no_mail_of_it(editor: User) -> None:
    submit_post(post=make_post(editor, "draft"), actor=editor)
    outbox.drain()
    assert mail.outbox == []


def test_mail_about_a_post_that_is_gone_is_not_sent(author: User, editor: User) -> None:
    post = make_post(author, "draft")
    submit_post(post=post, actor=author)
    post.delete()
    outbox.drain()
    assert mail.outbox == []
