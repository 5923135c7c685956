"""The daily mails go out by themselves, whichever process runs the jobs."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache

from apps.accounts.models import User
from apps.accounts.tests.mailbox import mails_to
from apps.comments.services import add_comment
from apps.common.outbox import drain
from apps.common.periodic import run_due
from apps.common.tasks import run_periodic_jobs
from apps.notifications.models import Kind
from apps.notifications.preferences import set_wish
from apps.posts.tests.factories import make_post
from config.celery import app

pytestmark = pytest.mark.django_db
EVENING = datetime(2030, 11, 20, 22, tzinfo=UTC)


@pytest.mark.parametrize("runner", [run_due, run_periodic_jobs], ids=["manage.py work", "Celery beat"])
def test_what_is_wanted_once_a_day_comes_in_the_morning_and_once(author: User, reader: User, runner: object) -> None:
    assert callable(runner)
    cache.clear()
    set_wish(user=author, kind=Kind.REPLY, mail="daily")
    with time_machine.travel(EVENING, tick=False) as clock:
        add_comment(post=make_post(author), author=reader, body="Good.")
        while drain():
            pass
        runner()
        assert mails_to(author.email) == []
        for _ in range(3):
            clock.shift(timedelta(hours=10))
            runner()
        (message,) = mails_to(author.email)
    assert "One thing is new" in message.subject


def test_beat_runs_the_jobs() -> None:
    assert run_periodic_jobs.name in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert run_periodic_jobs.name in app.tasks
