"""What the mails of decisions and reports say."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.accounts.tests.mailbox import mails_to
from apps.comments.models import Comment
from apps.comments.services import add_comment
from apps.moderation.models import Decision
from apps.moderation.services.cases import Subject, Target
from apps.moderation.services.decisions import decide
from apps.moderation.services.effects import Terms
from apps.moderation.services.reports import report
from apps.moderation.services.taking_back import undo
from apps.notifications.models import Kind
from apps.notifications.preferences import set_wish
from apps.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db
CHRISTMAS = datetime(2030, 12, 24, 18, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november() -> Any:
    with time_machine.travel(datetime(2030, 11, 21, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def comment(author: User, outsider: User) -> Comment:
    return add_comment(post=make_post(author), author=outsider, body="Cheap watches!")


def about(comment: Comment) -> Target:
    return Target(kind=Subject.COMMENT.value, thing=comment)


def the_mail(person: User) -> str:
    (message,) = mails_to(person.email)
    return str(message.body)


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        ("remove", "Your comment was removed by the moderators"),
        ("spam", "Your comment was put away as spam"),
        ("warn", "have sent you a warning"),
        ("silence", "Until Dec. 24, 2030, 6 p.m. (UTC) you can read"),
        ("suspend", "is suspended until Dec. 24, 2030, 6 p.m. (UTC)"),
    ],
)
def test_who_is_concerned_reads_what_why_and_what_to_do_about_it(
    comment: Comment, outsider: User, action: str, sentence: str
) -> None:
    moderator = UserFactory.create(username="wilma", roles=["moderator"])
    note = "No ads, see https://evil.example/rules <b>please</b>."
    decide(
        moderator=moderator,
        action=action,
        target=about(comment),
        reason="off_topic",
        note=note,
        terms=Terms(until=CHRISTMAS),
    )
    message: Any
    (message,) = mails_to(outsider.email)
    text, html = str(message.body), str(message.alternatives[0][0])
    assert sentence in text
    assert "Reason: off topic." in text
    assert "You can appeal once, within 90 days" in text
    assert "> No ads, see … <b>please</b>." in text
    assert "&lt;b&gt;please" in html
    assert "evil.example" not in text + html
    assert "wilma" not in text.lower()


def test_what_is_in_their_favour_is_told_without_a_way_to_appeal(
    comment: Comment, moderator: User, admin: User, outsider: User
) -> None:
    set_wish(user=outsider, kind=Kind.DECISION, mail="none")
    decide(moderator=moderator, action="remove", target=about(comment))
    assert mails_to(outsider.email) == []
    set_wish(user=outsider, kind=Kind.DECISION, mail="now")
    undo(moderator=admin, number=Decision.objects.get().number)
    text = the_mail(outsider)
    assert "have taken back a decision" in text
    assert "appeal" not in text


@pytest.mark.parametrize(
    ("action", "sentence"), [("remove", "something was done about it. Thank you."), ("dismiss", "and may stay.")]
)
def test_who_reported_reads_what_became_of_it(
    comment: Comment, moderator: User, reader: User, action: str, sentence: str
) -> None:
    set_wish(user=reader, kind=Kind.REPORT, mail="now")
    case = report(reporter=reader, target=about(comment), reason="spam")[0].case
    decide(moderator=moderator, action=action, target=about(comment), case=case)
    assert sentence in the_mail(reader)
