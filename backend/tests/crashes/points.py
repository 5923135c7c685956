"""Counting the points at which a process may die, and dying at one of them."""

import os
import signal
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

Work = Callable[[], object]


class Points:
    """Counts statements and commits on this process's connection; kills the process at the one that is its last."""

    def __init__(self, last: int | None) -> None:
        self.last = last
        self.passed = 0

    def note(self) -> None:
        self.passed += 1
        if self.passed == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def around_statement(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.note()
        return execute(sql, params, many, context)

    def install(self) -> None:
        """On the connection of this process. Commits do not pass by Django's wrappers of statements."""
        connection.ensure_connection()
        connection.execute_wrappers.append(self.around_statement)
        database: Any = connection
        commit = database._commit

        def noted_commit() -> None:
            self.note()
            commit()
            self.note()

        database._commit = noted_commit


def run_and_die(work: Work, *, last: int | None) -> int | None:
    """Run the work in a forked process that is killed at its `last` point.

    Returns None when it was killed, or the number of points when the work ended before. Raises RuntimeError when the
    work failed.
    """
    connections.close_all()  # parent and child must not talk to the database over one connection
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _be_the_child(work, last, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as said:
        answer = said.read().decode()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return None
    if not answer.isdigit():
        raise RuntimeError(f"the work failed in the child: {answer or status}")
    return int(answer)


def _be_the_child(work: Work, last: int | None, writer: int) -> None:
    """Never returns: neither the parent's clean-up nor its stack is the child's."""
    answer = ""
    try:
        points = Points(last)
        points.install()
        work()
        answer = str(points.passed)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent has to hear of it
        answer = f"{type(error).__name__}: {error}"
    finally:
        os.write(writer, answer.encode()[:60_000])
        os._exit(0)
