"""The outbox in the Django admin."""

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.common.models import OutboxMessage
from apps.common.tests.admin_forms import count_queries, messages_of, run_action, signed_in

LIST = "/admin/common/outboxmessage/"

pytestmark = pytest.mark.django_db


def make_message(**values: object) -> OutboxMessage:
    return OutboxMessage.objects.create(event="posts.published", subscriber="somebody", **values)


def test_admin_retries_what_was_given_up(admin: User) -> None:
    failed = make_message(failed_at=timezone.now(), attempts=12, last_error="Boom")
    done = make_message(done_at=timezone.now(), attempts=1)
    client = signed_in(admin)
    assert "1 will be tried again" in messages_of(run_action(client, LIST, "retry", [failed, done]))
    failed.refresh_from_db()
    done.refresh_from_db()
    assert (failed.failed_at, failed.attempts) == (None, 0)
    assert failed.due_at <= timezone.now()
    assert done.done_at is not None


def test_messages_cannot_be_changed(admin: User) -> None:
    message = make_message()
    client = signed_in(admin)
    assert client.get(f"{LIST}{message.pk}/change/").status_code == 200
    assert client.post(f"{LIST}{message.pk}/change/", {"event": "other"}).status_code == 403
    assert client.post(f"{LIST}{message.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("state", ["waiting", "retrying", "failed", "done"])
def test_list_by_state_takes_few_queries(admin: User, state: str) -> None:
    make_message()
    client = signed_in(admin)
    few = count_queries(client, f"{LIST}?state={state}")
    for attempts in range(5):
        make_message(attempts=attempts)
    assert count_queries(client, f"{LIST}?state={state}") <= few + 1


def test_editor_may_not(editor: User) -> None:
    assert signed_in(editor).get(LIST).status_code == 403
