"""Workers killed while they tell people of things: `python -m tests.crashes.telling [--things 1000] [--kills 200]`.

So many comments are written under the posts of a few authors, each of which gives one notification and one mail at
once. Workers, two at a time, drain the outbox in processes of their own, each of which kills itself with SIGKILL before
or after one of its SQL statements, at a commit, or around the writing of a mail; then another takes its place. After
each kill whatever a worker had claimed is due again, also what the other one is still at: as if its time had run out.
In the end

1. each notification is in the inbox of its recipient, once, and unread ones are counted so;
2. each mail has arrived; where one arrived twice, it is the same mail (Message-ID), which mailboxes keep once;
3. nothing is left in the outbox, and nothing was given up.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import django

POSTS = 10
WORKERS = 2
NO_POINT = 10**9
"""A worker with that many points before its end is not killed."""


@dataclass(frozen=True)
class Outcome:
    """What was done and what it came to."""

    things: int
    kills: int
    in_inboxes: int
    mails: int
    sent_again: int
    seconds: float
    problems: list[str]


def main() -> int:
    """Print one line; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description="Kill workers while they tell people of things.")
    parser.add_argument("--things", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()

    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    if ":memory:" in str(connection.settings_dict["NAME"]):
        sys.exit("A database in memory dies with the process. Name a file or a server in DATABASE_URL.")
    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory(prefix="byline-telling-") as folder:
        settings.EMAIL_BACKEND = "tests.crashes.mailbox.FolderBackend"
        settings.EMAIL_FILE_PATH = folder
        outcome = run(Path(folder), arguments.things, arguments.kills, random.Random(arguments.seed))
    print(  # noqa: T201
        f"{connection.vendor:10} telling       {outcome.kills:3} workers killed over {outcome.things} things to tell: "
        f"{outcome.in_inboxes} in inboxes, {outcome.mails} mails, {outcome.sent_again} of them sent again "
        f"({outcome.seconds:.1f} s)",
        flush=True,
    )
    for problem in outcome.problems:
        print(f"BROKEN: {problem}", flush=True)  # noqa: T201
    return 1 if outcome.problems else 0


def run(mails: Path, things: int, kills: int, chance: random.Random) -> Outcome:
    """Set the scene, kill, and look at what is there in the end."""
    from apps.common.models import OutboxMessage

    _set_scene(things)
    started = time.monotonic()
    killed = _kill_workers(kills, things, chance)
    problems = _look(mails, things)
    if killed != kills:
        problems.append(f"only {killed} workers were killed: too little to do for {kills}")
    left = OutboxMessage.objects.filter(done_at__isnull=True)
    if left.exists():
        problems.append(f"{left.count()} messages were never carried out, such as {left[0]}: {left[0].last_error}")
    names = [path.read_text() for path in mails.glob("*.mail")]
    return Outcome(
        things=things,
        kills=killed,
        in_inboxes=_inbox_rows(),
        mails=len(set(names)),
        sent_again=len(names) - len(set(names)),
        seconds=time.monotonic() - started,
        problems=problems,
    )


def _set_scene(things: int) -> None:
    from apps.accounts.tests.factories import UserFactory
    from apps.comments.services import add_comment
    from apps.common import outbox
    from apps.posts.tests.factories import make_post
    from tests.crashes.state import clear

    clear()
    posts = [make_post(UserFactory.create(username=f"author{n}", roles=["author"])) for n in range(POSTS)]
    readers = [UserFactory.create(username=f"reader{n}") for n in range(POSTS)]
    while outbox.drain():
        pass
    for number in range(things):
        add_comment(post=posts[number % POSTS], author=readers[number // POSTS % POSTS], body=f"Remark {number}.")


def _kill_workers(kills: int, things: int, chance: random.Random) -> int:
    """Keep two workers going until so many were killed and the outbox is empty; answers how many were."""
    from django.db import connections

    reach = max(8, things * 40 // kills)
    """Points within which a worker dies: so many that all kills happen while there is work."""
    workers: dict[int, bool] = {}
    killed = 0
    while True:
        while len(workers) < WORKERS:
            dies = killed + sum(workers.values()) < kills
            connections.close_all()  # parent and child must not talk to the database over one connection
            last = chance.randint(1, reach) if dies else NO_POINT
            child = os.fork()
            if child == 0:
                _be_a_worker(last)
            workers[child] = dies
        ended, status = os.wait()
        was_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        was_to_die = workers.pop(ended)
        killed += was_killed
        if was_killed != was_to_die and not was_killed and status != 0:
            raise RuntimeError(f"a worker failed: {status}")
        if _let_claims_run_out() == 0 and not was_killed:
            for other in list(workers):
                os.waitpid(other, 0)
            if _let_claims_run_out() == 0:
                return killed
            workers.clear()


def _be_a_worker(last: int) -> None:
    """Never returns: neither the parent's clean-up nor its stack is the child's."""
    from apps.common import outbox
    from tests.crashes import mailbox
    from tests.crashes.points import Points

    code = 1
    try:
        points = Points(last)
        points.install()
        mailbox.note = points.note
        while outbox.drain():
            pass
        code = 0
    finally:
        os._exit(code)


def _let_claims_run_out() -> int:
    """Make due what is not done, as time would; answers how many messages that are."""
    from django.utils import timezone

    from apps.common.models import OutboxMessage

    return OutboxMessage.objects.filter(done_at__isnull=True).update(due_at=timezone.now())


def _inbox_rows() -> int:
    from apps.notifications.models import Notification

    return int(Notification.objects.filter(in_inbox=True).count())


def _look(mails: Path, things: int) -> list[str]:
    from apps.accounts.models import User
    from apps.comments.models import Comment
    from apps.notifications.inbox import count_unread
    from apps.notifications.models import Notification

    problems = []
    told = Counter(Notification.objects.values_list("recipient__username", "comment_id"))
    wanted = Counter(Comment.objects.values_list("post__author__username", "pk"))
    if told != wanted or len(wanted) != things:
        problems.append(f"{len(wanted - told)} were not told, {len(told - wanted)} twice or for nothing")
    counts = {author.username: count_unread(author) for author in User.objects.filter(username__startswith="author")}
    each = things // POSTS
    problems += [f"{name} has {count} unread, not {each}" for name, count in counts.items() if count != each]
    unsent = Notification.objects.exclude(mail=Notification.Mail.SENT).count()
    if unsent:
        problems.append(f"{unsent} mails are not noted as sent")
    arrived = {path.read_text() for path in mails.glob("*.mail")}
    if len(arrived) != things:
        problems.append(f"{len(arrived)} different mails arrived, not {things}")
    return problems


if __name__ == "__main__":
    sys.exit(main())
