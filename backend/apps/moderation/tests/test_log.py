"""The log of decisions: what was done to it is found, and where."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from apps.accounts.models import User
from apps.comments.services import add_comment, moderate_comment
from apps.moderation.errors import LogIsAppendOnly
from apps.moderation.models import Decision, LogHead
from apps.moderation.services.cases import Subject, Target
from apps.moderation.services.decisions import decide
from apps.moderation.services.log import append, digest
from apps.moderation.services.taking_back import undo
from apps.moderation.services.verification import rebuild_state, verify_log
from apps.posts.models import Post
from apps.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db
TABLE = "moderation_decision"


@pytest.fixture
def log() -> list[Decision]:
    """Nine rows."""
    return [
        append(action="warn", subject="person", subject_id=pk, note=f"Nötiz {pk}.", before={"b": None}, after={"a": pk})
        for pk in range(1, 10)
    ]


@contextmanager
def unguarded() -> Iterator[Callable[..., Any]]:
    """Somebody who can write to the database, and knows how to switch off a trigger."""
    guarded = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if guarded:
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        yield cursor.execute
        if guarded:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the commit forbids altering the table
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def rehash(row: Decision) -> str:
    """The hash that a forger gives a row so that it is right by itself."""
    row.hash = digest(row)
    return row.hash


def findings() -> list[str]:
    return [str(finding) for finding in verify_log()[1]]


def shift_numbers(execute: Callable[..., Any], *, above: int, by: int) -> None:
    """Number the rows above anew, one at a time, from the end that is free."""
    numbers = list(Decision.objects.filter(number__gt=above).order_by("-number" if by > 0 else "number"))
    for row in numbers:
        execute(f"UPDATE {TABLE} SET number = %s WHERE number = %s", [row.number + by, row.number])


def test_log_as_written_is_found_right(log: list[Decision]) -> None:
    assert verify_log() == (9, [])
    assert [row.number for row in log] == list(range(1, 10))
    assert log[0].previous_hash == ""
    assert all(later.previous_hash == earlier.hash for earlier, later in pairwise(log))
    assert Decision.objects.get(number=5).hash == log[4].hash


def test_empty_log_is_found_right() -> None:
    assert verify_log() == (0, [])


@pytest.mark.parametrize("number", [1, 5, 9])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "lift"),
        ("subject_id", 77),
        ("person_id", 77),
        ("moderator_id", 77),
        ("note", "Other words."),
        ("after", '{"a": 0}'),
        ("created_at", "2020-01-01 00:00:00+00:00"),
        ("previous_hash", "0" * 64),
        ("hash", "0" * 64),
    ],
)
def test_changed_row_is_found_at_its_number(log: list[Decision], number: int, column: str, value: object) -> None:
    with unguarded() as execute:
        execute(f"UPDATE {TABLE} SET {column} = %s WHERE number = %s", [value, number])
    assert findings() == [f"row {number}: changed"]


@pytest.mark.parametrize("number", [1, 5, 9])
def test_changed_row_with_its_hash_made_anew_is_found_at_its_number(log: list[Decision], number: int) -> None:
    row = log[number - 1]
    row.note = "Other words."
    with unguarded() as execute:
        execute(f"UPDATE {TABLE} SET note = %s, hash = %s WHERE number = %s", [row.note, rehash(row), number])
    assert findings() == [f"row {number}: changed"]


@pytest.mark.parametrize("number", [1, 5, 9])
def test_removed_row_is_found_at_its_number(log: list[Decision], number: int) -> None:
    with unguarded() as execute:
        execute(f"DELETE FROM {TABLE} WHERE number = %s", [number])
    assert findings() == [f"row {number}: removed"]


@pytest.mark.parametrize("number", [1, 5, 9])
def test_removed_row_is_found_when_the_others_moved_up(log: list[Decision], number: int) -> None:
    with unguarded() as execute:
        execute(f"DELETE FROM {TABLE} WHERE number = %s", [number])
        shift_numbers(execute, above=number, by=-1)
    assert findings() == [f"row {number}: removed"]


def test_newest_rows_removed_are_found_each(log: list[Decision]) -> None:
    with unguarded() as execute:
        execute(f"DELETE FROM {TABLE} WHERE number > 7")
    assert findings() == ["row 8: removed", "row 9: removed"]


@pytest.mark.parametrize("number", [1, 5, 9, 10])
def test_inserted_row_is_found_at_its_number(log: list[Decision], number: int) -> None:
    previous = log[number - 2].hash if number > 1 else ""
    with unguarded() as execute:
        shift_numbers(execute, above=number - 1, by=+1)
    forged = Decision(number=number, action="lift", subject="person", subject_id=3, previous_hash=previous)
    rehash(forged)
    forged.save()
    assert findings() == [f"row {number}: inserted"]


def test_two_meddlings_are_found_each_at_its_place(log: list[Decision]) -> None:
    with unguarded() as execute:
        execute(f"UPDATE {TABLE} SET note = 'Other words.' WHERE number = 2")
        execute(f"DELETE FROM {TABLE} WHERE number = 6")
    assert findings() == ["row 2: changed", "row 6: removed"]


def test_log_made_anew_as_a_whole_is_found_by_what_was_noted(log: list[Decision]) -> None:
    noted = f"{log[-1].number}:{log[-1].hash}"
    with unguarded() as execute:
        execute(f"DELETE FROM {TABLE}")
        execute("DELETE FROM moderation_loghead")
    for pk in range(1, 10):
        append(action="lift", subject="person", subject_id=pk)
    assert findings() == []
    with pytest.raises(CommandError, match="1 finding"):
        run("--noted", noted)
    assert "row 9: changed" in run("--noted", noted, fails=True)


def run(*arguments: str, fails: bool = False) -> str:
    out = StringIO()
    try:
        call_command("verify_moderation_log", *arguments, stdout=out)
    except CommandError:
        if not fails:
            raise
    return out.getvalue()


def test_command_says_what_it_found(log: list[Decision]) -> None:
    assert f"9 rows, all as they were written; newest 9:{log[-1].hash}" in run()
    assert "9 rows" in run("--noted", f"9:{log[-1].hash}")
    with unguarded() as execute:
        execute(f"UPDATE {TABLE} SET note = '' WHERE number = 4")
    assert "row 4: changed" in run(fails=True)


def test_what_was_noted_must_be_a_number_and_a_hash(log: list[Decision]) -> None:
    with pytest.raises(CommandError, match="12:9f86d0"):
        run("--noted", "yesterday")


def test_rows_cannot_be_changed_or_removed_in_django(log: list[Decision]) -> None:
    row = log[3]
    for attempt in (
        row.save,
        row.delete,
        Decision.objects.all().delete,
        lambda: Decision.objects.update(note=""),
        lambda: Decision.objects.bulk_update([row], ["note"]),
    ):
        with pytest.raises(LogIsAppendOnly):
            attempt()
    assert verify_log() == (9, [])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only there the database itself refuses")
@pytest.mark.parametrize("statement", [f"UPDATE {TABLE} SET note = ''", f"DELETE FROM {TABLE}"])
def test_database_refuses_to_change_rows(log: list[Decision], statement: str) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_lost_head_is_found_and_the_log_goes_on(log: list[Decision]) -> None:
    LogHead.objects.all().delete()
    assert findings() == ["row 10: removed"]
    append(action="warn", subject="person", subject_id=1)
    assert verify_log() == (10, [])


def test_state_is_rebuilt_from_the_log_alone(moderator: User, author: User, reader: User) -> None:
    post = make_post(author)
    comment = add_comment(post=post, author=reader, body="Cheap watches!")
    about = Target(kind=Subject.COMMENT.value, thing=comment)
    decide(moderator=moderator, action="remove", target=about)
    locked = decide(moderator=moderator, action="lock", target=about)
    undo(moderator=moderator, number=locked.number)
    decide(moderator=moderator, action="lock", target=about)
    assert rebuild_state() == {
        ("comment", comment.pk): {"status": "removed"},
        ("post", post.pk): {"thread_locked": True},
    }
    assert "present state is what they say" in run("--state")
    moderate_comment(comment=comment, status="visible")
    Post.objects.update(thread_locked=False)
    said = run("--state", fails=True)
    assert f"comment {comment.pk}: status is 'visible', and 'removed' in the log" in said
    assert f"post {post.pk}: thread_locked is False, and True in the log" in said
