from datetime import UTC, datetime

import pytest

from apps.comments.models import MAX_DEPTH, Comment, Mention
from apps.common.outbox import drain
from apps.importers.tests.exports import author, comment, export, item
from apps.moderation.models import Case, Decision, Rule
from apps.notifications.models import Notification
from apps.posts.models import Post
from apps.tags.models import Tag, TagFollow

pytestmark = pytest.mark.django_db


def imported(number: int | str) -> Comment:
    found: Comment = Comment.objects.get(import_key=f"wordpress:old.example.org/journal:comment:{number}")
    return found


def test_a_guest_comment_comes_as_it_was(import_text):
    import_text(
        export(item(1, "Ebb", "x", comment(4, "One.\n\n<b>Two</b>", url="https://w.example/", author="Wilma &amp; Co")))
    )
    found = imported(4)
    assert (found.guest_name, found.guest_email, found.guest_url) == (
        "Wilma & Co",
        "wilma@example.net",
        "https://w.example/",
    )
    assert found.author is None
    assert found.created_at == datetime(2012, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert found.body == "One.\n\n**Two**"
    assert found.body_html == "<p>One.</p>\n<p><strong>Two</strong></p>\n"


def test_replies_find_parents_that_come_later_in_the_file(import_text):
    thread = [
        comment(30, parent=20, date="2012-01-03 00:00:00"),
        comment(20, parent=10, date="2012-01-02 00:00:00"),
        comment(11, date="2012-01-05 00:00:00"),
        comment(10, date="2012-01-04 00:00:00"),
    ]
    import_text(export(item(1, "Ebb", "x", *thread)))
    assert imported(30).parent == imported(20)
    assert imported(20).parent == imported(10)
    assert imported(10).pk < imported(20).pk < imported(30).pk < imported(11).pk
    assert imported(10).visible_descendants == 2
    assert imported(10).reply_count == 1
    assert Post.objects.get().comment_count == 4


def test_orphans_circles_and_selves_stand_at_the_top(import_text):
    thread = [comment(1, parent=99), comment(2, parent=3), comment(3, parent=2), comment(4, parent=4)]
    import_text(export(item(1, "Ebb", "x", *thread)))
    assert Comment.objects.count() == 4
    assert imported(1).parent is None
    assert imported(4).parent is None
    assert Comment.objects.filter(parent__isnull=True).count() == 3


def test_a_reply_to_a_ping_stands_at_the_top(import_text):
    import_text(export(item(1, "Ebb", "x", comment(1, type="pingback"), comment(2, parent=1))))
    assert imported(2).parent is None


def test_deep_threads_are_flattened(import_text):
    import_text(export(item(1, "Ebb", "x", *(comment(number, parent=number - 1) for number in range(1, 31)))))
    assert Comment.objects.count() == 30
    assert max(found.depth for found in Comment.objects.all()) == MAX_DEPTH


@pytest.mark.parametrize(
    ("approved", "status"),
    [("1", "visible"), ("0", "pending"), ("spam", "spam"), ("trash", "removed"), ("odd", "pending")],
)
def test_states(import_text, approved, status):
    import_text(export(item(1, "Ebb", "x", comment(1, approved=approved))))
    assert imported(1).status == status
    assert Post.objects.get().comment_count == (status == "visible")


def test_imported_conversation_is_no_news_meets_no_rule_and_what_waits_is_queued(import_text, author, mailoutbox):
    Rule.objects.create(name="All", kind="words", settings={"words": ["one"]}, action="refuse", enabled=True)
    Rule.objects.create(name="First", kind="first_comments", settings={"count": 5}, enabled=True)
    TagFollow.objects.create(follower=author, tag=Tag.objects.create(name="ebb", slug="ebb"))
    thread = [comment(1, f"One, says @{author.username}."), comment(2, approved="0"), comment(3, approved="spam")]
    import_text(export(item(1, "Ebb", "x", *thread)))
    while drain():
        pass
    assert (imported(1).status, Mention.objects.count(), Notification.objects.count()) == ("visible", 0, 0)
    assert mailoutbox == []
    assert not Decision.objects.exists()
    case = Case.objects.open().get()
    assert (case.comment_id, case.rule_id) == (imported(2).pk, None)


def test_pings_and_other_kinds_are_counted(import_text):
    thread = [comment(1, type="pingback"), comment(2, type="trackback"), comment(3, type="order_note"), comment(4, " ")]
    summary = import_text(export(item(1, "Ebb", "x", *thread)))
    assert not Comment.objects.exists()
    assert {row["reason"]: row["count"] for row in summary["skipped"]} == {
        "pingbacks and trackbacks": 2,
        "of the type order_note": 1,
        "without text": 1,
    }


def test_comments_of_the_authors_belong_to_their_accounts(import_text, reader):
    described = author("maren", "maren@example.net", "Maren", 2)
    thread = [comment(1, user=2), comment(2, user=77, email=reader.email)]
    import_text(export(described, item(1, "Ebb", "x", *thread)))
    by_author = imported(1)
    assert by_author.author is not None
    assert by_author.author.username == "maren"
    assert by_author.guest_name == ""
    assert by_author.author.comment_count == 1
    assert imported(2).author is None


def test_odd_guests(import_text):
    thread = [
        comment(1, author="", email="x" * 300, url="javascript:alert(1)"),
        comment("", "Nameless one", url="http://" + "w" * 400),
        comment("", "Nameless two"),
        comment(5, "word " * 5000),
    ]
    import_text(export(item(1, "Ebb", "x", *thread)))
    first = imported(1)
    assert (first.guest_name, first.guest_email, first.guest_url) == ("Anonymous", "", "")
    assert Comment.objects.count() == 4
    assert len(imported(5).body) <= 10_000
    import_text(export(item(1, "Ebb", "x", *thread)))
    assert Comment.objects.count() == 4


def test_closed_and_unpublished_posts_keep_their_comments(import_text):
    import_text(
        export(
            item(1, "Ebb", "x", comment(1), comment_status="closed"),
            item(2, "Draft", "x", comment(2), status="draft"),
        )
    )
    assert Comment.objects.count() == 2
