"""Comments in the Django admin."""

import pytest

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.comments.services import add_comment, edit_comment
from apps.common.models import OutboxMessage
from apps.common.tests.admin_forms import change, count_queries, messages_of, read_form, run_action, signed_in, submit
from apps.posts.models import Post
from apps.posts.tests.factories import make_post

LIST = "/admin/comments/comment/"


@pytest.fixture
def comment(author: User, reader: User) -> Comment:
    return add_comment(post=make_post(author), author=reader, body="First of *all*.")


def form_of(comment: Comment) -> str:
    return f"{LIST}{comment.pk}/change/"


@pytest.mark.parametrize(
    ("action", "status"), [("remove_from_sight", "removed"), ("mark_as_spam", "spam"), ("approve", "visible")]
)
def test_moderator_decides_on_many(comment: Comment, moderator: User, reader: User, action: str, status: str) -> None:
    other = add_comment(post=comment.post, author=reader, body="Second.", parent=comment)
    if status == "visible":
        Comment.objects.update(status="pending")
        Post.objects.update(comment_count=0)
        User.objects.update(comment_count=0)
        Comment.objects.update(reply_count=0, visible_descendants=0)
    response = run_action(signed_in(moderator), LIST, action, [comment, other])
    assert "2 comments" in messages_of(response)
    assert set(Comment.objects.values_list("status", flat=True)) == {status}
    assert Post.objects.get().comment_count == (2 if status == "visible" else 0)
    assert OutboxMessage.objects.filter(event="comments.moderated").count() == 2


def test_moderator_edits_text_and_status(comment: Comment, moderator: User) -> None:
    assert submit(signed_in(moderator), form_of(comment), body="**Kept** short.", status="removed").status_code == 302
    now = Comment.objects.get()
    assert "<strong>Kept</strong>" in now.body_html
    assert (now.status, now.version, now.edited_at is not None) == ("removed", comment.version + 2, True)


def test_stale_form_overwrites_nothing(comment: Comment, moderator: User) -> None:
    client = signed_in(moderator)
    form = read_form(client, form_of(comment))
    edit_comment(comment=comment, body="Theirs.")
    response = client.post(form_of(comment), change(form, body="Mine."))
    assert "Somebody saved this" in response.content.decode()
    assert Comment.objects.get().body == "Theirs."


def test_deleting_takes_the_text_and_keeps_the_place(comment: Comment, moderator: User, reader: User) -> None:
    add_comment(post=comment.post, author=reader, body="Reply.", parent=comment)
    signed_in(moderator).post(f"{LIST}{comment.pk}/delete/", {"post": "yes"})
    comment.refresh_from_db()
    assert (comment.status, comment.body, comment.visible_descendants) == ("deleted", "", 1)
    assert Post.objects.get().comment_count == 1


def test_what_was_deleted_cannot_be_changed(comment: Comment, moderator: User) -> None:
    client = signed_in(moderator)
    client.post(f"{LIST}{comment.pk}/delete/", {"post": "yes"})
    assert client.post(form_of(comment), {"body": "Back", "status": "visible"}).status_code == 403
    response = run_action(client, LIST, "approve", [comment])
    assert "deleted this comment" in messages_of(response)


def test_list_takes_as_many_queries_for_many_rows(comment: Comment, moderator: User, reader: User) -> None:
    client = signed_in(moderator)
    few = count_queries(client, LIST)
    for number in range(30):
        add_comment(post=comment.post, author=reader, body=f"Remark {number}.", parent=comment)
    assert count_queries(client, LIST) == few
    assert few <= 9


@pytest.mark.parametrize("who", ["reader", "author", "editor"])
def test_only_moderators_see_comments_here(who: str, request: pytest.FixtureRequest) -> None:
    assert signed_in(request.getfixturevalue(who)).get(LIST).status_code in {302, 403}


def test_moderator_sees_nothing_else(moderator: User) -> None:
    page = signed_in(moderator).get("/admin/")
    assert [app["app_label"] for app in page.context["app_list"]] == ["comments", "moderation", "webmentions"]
