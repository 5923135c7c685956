"""Accounts that are to be deleted, in the admin."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from apps.accounts.leaving import ask_for_deletion
from apps.accounts.models import SecurityEvent, User
from apps.accounts.scrubbing import scrub_account
from apps.accounts.sessions import start_session
from apps.accounts.tests.factories import UserFactory
from apps.common import outbox
from apps.common.tests.admin_forms import messages_of, run_action, signed_in

LIST = "/admin/accounts/user/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    return UserFactory.create(username="boss", is_superuser=True, is_staff=True)


def test_superuser_has_an_account_deleted_and_thinks_better_of_it(boss: User, reader: User) -> None:
    session, _ = start_session(user=reader)
    client = signed_in(boss)
    run_action(client, LIST, "delete_with_texts", [reader])

    reader.refresh_from_db()
    session.refresh_from_db()
    assert reader.deletion_due_at is not None
    assert reader.deletion_due_at > timezone.now() + settings.DELETION_DELAY - timedelta(minutes=1)
    assert reader.deletion_choice == {"posts": "remove", "comments": "remove"}
    assert session.ended_at is not None
    assert SecurityEvent.objects.get(user=reader, kind="deletion_asked").by == boss
    due = client.get(LIST, {"deletion_due_at__isempty": "0"}).content.decode()
    assert "reader@example.org" in due
    assert "boss@example.org" not in due
    page = client.get(f"{LIST}{reader.pk}/change/").content.decode()
    assert "posts: remove, comments: remove" in page

    while outbox.drain():
        pass
    assert "Somebody who runs this publication has arranged this." in mail.outbox[-1].body

    run_action(client, LIST, "keep", [reader])
    reader.refresh_from_db()
    assert reader.deletion_due_at is None


def test_superuser_does_not_delete_themselves_here(boss: User, reader: User) -> None:
    response = run_action(signed_in(boss), LIST, "delete_and_keep_texts", [boss, reader])

    assert "on the site" in messages_of(response)
    boss.refresh_from_db()
    reader.refresh_from_db()
    assert boss.deletion_due_at is None
    assert reader.deletion_choice == {"posts": "keep", "comments": "keep"}


def test_admin_who_is_no_superuser_deletes_nobody(admin: User, reader: User) -> None:
    run_action(signed_in(admin), LIST, "delete_with_texts", [reader])

    reader.refresh_from_db()
    assert reader.deletion_due_at is None


def test_deleted_account_stays_as_it_is(boss: User, reader: User) -> None:
    ask_for_deletion(user=reader)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    scrub_account(reader)
    client = signed_in(boss)

    for action in ("activate", "delete_with_texts", "keep"):
        run_action(client, LIST, action, [reader])
    reader.refresh_from_db()
    assert not reader.is_active
    assert reader.deletion_due_at is None
    form = {"username": "reader", "email": "reader@example.org"}
    assert client.post(f"{LIST}{reader.pk}/change/", form).status_code == 403
