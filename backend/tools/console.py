"""What the commands print: one line for each step with its time, one line for each problem."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

_lock = threading.Lock()


def say(text: str = "") -> None:
    """Print a line at once and whole, also when several threads speak."""
    with _lock:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


class Problem(Exception):
    """Something the person at the keyboard can put right, said in one line."""


def stop(text: str) -> NoReturn:
    """End the command with one line on standard error and exit code 1."""
    sys.stdout.flush()
    sys.exit(f"byline: {text}")


def seconds(duration: float) -> str:
    """A duration for people: `0.4 s`, `41 s`, `3 min 05 s`."""
    if duration < 10:
        return f"{duration:.1f} s"
    whole = round(duration)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60:02d} s"


@contextmanager
def step(name: str) -> Iterator[None]:
    """Announce a step, and say how long it took when it is done."""
    say(f"  .. {name}")
    started = time.monotonic()
    yield
    done(name, seconds(time.monotonic() - started))


def done(name: str, note: str) -> None:
    """Say that a step is done, with its time or the reason why there was nothing to do."""
    say(f"  ok {name}: {note}")
