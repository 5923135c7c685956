"""What moderation knows of somebody: taken along in the archive, and gone with the account."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from apps.accounts.leaving import ask_for_deletion
from apps.accounts.models import User
from apps.comments.models import Comment, CommentEdit, Mention
from apps.comments.services import add_comment, edit_comment
from apps.common.outbox import drain
from apps.moderation.models import Appeal, Case, Decision, Report
from apps.moderation.services.appeals import appeal_against
from apps.moderation.services.cases import Subject, Target
from apps.moderation.services.decisions import decide
from apps.moderation.services.effects import Terms
from apps.moderation.services.reports import report
from apps.moderation.services.verification import differences, verify_log
from apps.posts.tests.factories import make_post
from apps.profiles.personal_data import sections
from apps.profiles.tasks import delete_due_accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(author: User, reader: User, outsider: User, moderator: User) -> Comment:
    """The outsider wrote, edited, was reported, silenced and warned, appealed, and reported who named them."""
    post = make_post(author)
    comment = add_comment(post=post, author=outsider, body="First words.")
    edit_comment(comment=comment, body="Second words.", editor=outsider)
    naming = add_comment(post=post, author=reader, body="As @outsider says.")
    person = Target(kind=Subject.PERSON.value, thing=outsider)
    until = timezone.now() + timedelta(days=365)
    decide(moderator=moderator, action="silence", target=person, note="Enough.", terms=Terms(until=until))
    appeal_against(person=outsider, number=1, text="I meant well.")
    decide(moderator=moderator, action="warn", target=person, note="Once more.")
    appeal_against(person=outsider, number=2, text="I still mean well.")
    Appeal.objects.filter(decision__number=2).update(state="upheld")
    report(reporter=outsider, target=Target(kind="comment", thing=naming), reason="abuse", detail="They named me.")
    report(reporter=reader, target=person, reason="abuse", detail="They are rude.")
    while drain():
        pass
    return naming


def archive(user: User) -> dict[str, Any]:
    return {name: value if isinstance(value, dict) else list(value) for name, value in _lists(user)}


def _lists(user: User) -> Any:
    return ((name, value) for name, value in sections(user) if not isinstance(value, str) and name != "exported_at")


def test_archive_holds_reports_decisions_appeals_and_former_texts(
    scene: Comment, outsider: User, reader: User, moderator: User
) -> None:
    outsider.refresh_from_db()
    own = archive(outsider)
    assert own["account"]["silenced_until"] == outsider.silenced_until is not None
    assert [row["body"] for row in own["former_comments"]] == ["First words."]
    assert [(row["comment_id"], row["reason"], row["detail"]) for row in own["reports"]] == [
        (scene.pk, "abuse", "They named me.")
    ]
    assert [(row["number"], row["action"], row["note"]) for row in own["decisions"]] == [
        (1, "silence", "Enough."),
        (2, "warn", "Once more."),
    ]
    assert [(row["number"], row["text"], row["state"]) for row in own["appeals"]] == [
        (1, "I meant well.", "open"),
        (2, "I still mean well.", "upheld"),
    ]
    assert "rude" not in str(own)
    assert moderator.username not in str(own["decisions"])
    assert [row["action"] for row in archive(moderator)["decisions_made"]] == ["silence", "warn"]
    assert archive(reader)["decisions"] == []


def test_words_and_names_go_with_the_account_and_the_log_stays_true(scene: Comment, outsider: User) -> None:
    assert 'href="' in Comment.objects.get(pk=scene.pk).body_html
    ask_for_deletion(user=outsider)
    with time_machine.travel(timezone.now() + settings.DELETION_DELAY + timedelta(minutes=1)):
        assert delete_due_accounts() == 1
    scene.refresh_from_db()
    assert "As @outsider says." in scene.body_html
    assert "href" not in scene.body_html
    assert not Mention.objects.exists()
    assert not CommentEdit.objects.exists()
    assert list(Report.objects.filter(reporter=outsider).values_list("detail", flat=True)) == [""]
    assert list(Appeal.objects.values_list("decision__number", "text")) == [(2, "")]
    assert not Case.objects.open().filter(person=outsider).exists()
    outsider.refresh_from_db()
    assert outsider.silenced_until is None
    assert Decision.objects.count() == 2
    assert verify_log() == (2, [])
    assert list(differences()) == []
