"""What is told of comments, mentions and likes, from what people do to what their inboxes hold."""

import pytest

from apps.accounts.models import User
from apps.accounts.relations import block
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import Origin, add_comment, delete_comment, edit_comment, moderate_comment
from apps.common import outbox
from apps.common.models import OutboxMessage
from apps.notifications.models import Kind, Notification
from apps.notifications.preferences import set_wish
from apps.posts.models import Post
from apps.posts.services import trash_post, unpublish_post
from apps.posts.services.co_authors import add_co_author
from apps.posts.tests.factories import make_post
from apps.reactions.services import like_comment, like_post, unlike_comment, unlike_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(author: User) -> Post:
    return make_post(author, title="Salt roads")


def told(user: User) -> list[tuple[str, list[str]]]:
    """Kinds and people in somebody's inbox, once the outbox is empty."""
    while outbox.drain():
        pass
    rows = Notification.objects.inbox_of(user).order_by("pk")
    return [(row.kind, sorted(row.actors.values_list("person__username", flat=True))) for row in rows]


def test_a_comment_is_told_to_the_author_of_the_post(post: Post, author: User, reader: User) -> None:
    add_comment(post=post, author=reader, body="Good.")
    assert told(author) == [("reply", ["reader"])]
    assert told(reader) == []


def test_co_authors_hear_of_comments_and_likes_too(post: Post, author: User, outsider: User, reader: User) -> None:
    add_co_author(post=post, person=outsider, actor=author)
    add_comment(post=post, author=reader, body="Good.")
    like_post(post=post, user=reader)
    assert told(outsider) == told(author) == [("reply", ["reader"]), ("like", ["reader"])]


def test_who_is_answered_named_and_the_author_at_once_hears_once(post: Post, author: User, reader: User) -> None:
    own = add_comment(post=post, author=author, body="What do you think?")
    add_comment(post=post, author=reader, body="@author I agree.", parent=own)
    assert told(author) == [("reply", ["reader"])]
    assert Notification.objects.get().data == {"to": "comment"}


def test_who_wants_no_replies_still_hears_of_mentions(post: Post, author: User, reader: User, editor: User) -> None:
    set_wish(user=author, kind=Kind.REPLY, web=False, mail="none")
    add_comment(post=post, author=reader, body="Good.")
    assert told(author) == []
    add_comment(post=post, author=reader, body="@author @editor look.")
    assert told(author) == [("mention", ["reader"])]
    assert told(editor) == [("mention", ["reader"])]


def test_who_is_named_later_hears_then_and_nobody_twice(post: Post, reader: User, editor: User, outsider: User) -> None:
    comment = add_comment(post=post, author=reader, body="@editor look.")
    assert told(editor) == [("mention", ["reader"])]
    edit_comment(comment=comment, body="@editor @outsider look again.")
    assert told(editor) == [("mention", ["reader"])]
    assert told(outsider) == [("mention", ["reader"])]


def test_nobody_hears_of_people_with_whom_there_is_a_block(post: Post, reader: User, editor: User) -> None:
    block(blocker=editor, blocked=reader)
    add_comment(post=post, author=reader, body="@editor look.")
    assert told(editor) == []
    assert not Notification.objects.filter(recipient=editor).exists()


def test_a_later_block_takes_what_was_told_out_of_sight(post: Post, reader: User, author: User, editor: User) -> None:
    like_post(post=post, user=reader)
    like_post(post=post, user=editor)
    add_comment(post=post, author=reader, body="Good.")
    assert told(author) == [("like", ["editor", "reader"]), ("reply", ["reader"])]
    block(blocker=author, blocked=reader)
    assert [kind for kind, _ in told(author)] == ["like"]


@pytest.mark.parametrize("status", ["removed", "spam", "pending"])
def test_what_is_hidden_is_told_to_nobody_until_it_comes_back(
    post: Post, reader: User, author: User, status: str
) -> None:
    comment = add_comment(post=post, author=reader, body="Good.")
    assert told(author) == [("reply", ["reader"])]
    moderate_comment(comment=comment, status=status)
    assert Notification.objects.inbox_of(author).count() == 0  # at once, before any job
    assert told(author) == []
    moderate_comment(comment=comment, status="visible")
    assert told(author) == [("reply", ["reader"])]
    assert Notification.objects.count() == 1


def test_what_its_author_took_back_is_forgotten(post: Post, reader: User, author: User) -> None:
    delete_comment(comment=add_comment(post=post, author=reader, body="Good."))
    assert told(author) == []
    assert not Notification.objects.exists()


@pytest.mark.parametrize("leave", [unpublish_post, trash_post])
def test_what_is_about_a_post_out_of_sight_is_not_shown(post: Post, reader: User, author: User, leave: object) -> None:
    add_comment(post=post, author=reader, body="Good.")
    like_post(post=post, user=reader)
    assert len(told(author)) == 2
    leave(post=post)  # type: ignore[operator]
    assert told(author) == []


def test_imported_comments_are_told_to_nobody(post: Post, reader: User, author: User) -> None:
    add_comment(post=post, author=reader, body="Old.", origin=Origin(import_key="wp:1", created_at=post.created_at))
    assert told(author) == []


def test_likes_come_and_go(post: Post, reader: User, author: User, editor: User) -> None:
    like_post(post=post, user=reader)
    like_post(post=post, user=editor)
    assert told(author) == [("like", ["editor", "reader"])]
    unlike_post(post=post, user=reader)
    assert told(author) == [("like", ["editor"])]
    unlike_post(post=post, user=editor)
    assert told(author) == []
    assert not Notification.objects.exists()


def test_likes_of_comments_are_told_to_who_wrote_them(post: Post, reader: User, author: User, editor: User) -> None:
    comment = add_comment(post=post, author=reader, body="Good.")
    like_comment(comment=comment, user=editor)
    assert told(reader) == [("like", ["editor"])]
    unlike_comment(comment=comment, user=editor)
    assert told(reader) == []


def test_messages_that_overtake_each_other_leave_what_is_true(post: Post, reader: User, author: User) -> None:
    like_post(post=post, user=reader)
    unlike_post(post=post, user=reader)
    messages = OutboxMessage.objects.filter(event__startswith="reactions.").order_by("-pk")
    for message in messages:  # the later one first
        outbox._subscribers[message.event][message.subscriber](message.payload)
    assert told(author) == []
    like_post(post=post, user=reader)
    assert told(author) == [("like", ["reader"])]


def test_everything_carried_out_twice_is_told_once(post: Post, reader: User, author: User, api: ApiFor) -> None:
    add_comment(post=post, author=reader, body="@editor Good.")
    like_post(post=post, user=reader)
    before = told(author)
    OutboxMessage.objects.update(done_at=None, due_at="2020-01-01T00:00:00Z")
    assert told(author) == before
    assert Comment.objects.count() == 1
    assert api(author).get("/api/v1/me/notifications/summary").data == {"unread": 2}


def test_comment_that_is_edited_again_and_again_calls_no_crowd(
    post: Post, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.notifications.receivers.MAX_NAMED", 3)
    people = UserFactory.create_batch(5)
    names = [f"@{person.username}" for person in people]
    comment = add_comment(post=post, author=reader, body=f"Look, {names[0]} and {names[1]}.")
    for later in ([0, 1, 2], [3, 4]):
        while outbox.drain():
            pass
        comment = edit_comment(comment=comment, body=" ".join(names[number] for number in later))
    assert [told(person) for person in people] == [[("mention", ["reader"])]] * 3 + [[], []]
