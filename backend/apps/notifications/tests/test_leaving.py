"""What people take along, and what goes with them."""

import pytest

from apps.accounts.models import User
from apps.notifications.leaving import forget_notifications
from apps.notifications.models import Actor, Kind, Notification, Preference
from apps.notifications.preferences import set_wish
from apps.notifications.services import notify
from apps.posts.tests.factories import make_post
from apps.profiles.personal_data import sections

pytestmark = pytest.mark.django_db


def test_the_archive_holds_inbox_and_wishes(author: User, reader: User) -> None:
    set_wish(user=author, kind=Kind.LIKE, mail="daily")
    notify(
        recipient_id=author.pk, kind=Kind.LIKE, group="like:post:1", actor_id=reader.pk, post_id=make_post(author).pk
    )
    archive = dict(sections(author))
    assert {"kind": "like", "web": True, "mail": "daily"} in archive["notification_settings"]
    (row,) = archive["notifications"]
    assert (row["kind"], row["mail"], row["read_at"]) == ("like", "digest", None)


def test_inbox_wishes_and_traces_elsewhere_go(author: User, reader: User) -> None:
    post = make_post(author)
    set_wish(user=reader, kind=Kind.LIKE, mail="daily")
    notify(recipient_id=author.pk, kind=Kind.LIKE, group="like:post:1", actor_id=reader.pk, post_id=post.pk)
    notify(recipient_id=reader.pk, kind=Kind.DECISION, group="decision:1")
    for _ in range(2):
        forget_notifications(reader)
    assert not Notification.objects.filter(recipient=reader).exists()
    assert not Actor.objects.exists()
    assert not Preference.objects.exists()
    assert not Notification.objects.inbox_of(author).exists()
