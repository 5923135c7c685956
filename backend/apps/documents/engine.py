"""A V8 that renders: the app's own components, built into one script, run inside this process.

There is one engine in a process, made when the first document is asked for. One render runs at a time, under a limit
of time and of memory; an engine that overruns either, or throws, is thrown away, and the next render makes a new one.
"""

from __future__ import annotations

import atexit
import json
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import structlog
from django.conf import settings
from py_mini_racer import JSEvalException, JSFunction, MiniRacer

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = structlog.get_logger(__name__)

START_SECONDS = 20.0
"""How long reading and compiling the script may take: generous, since a busy machine is slow once."""
RENDERS_BETWEEN_LOOKS = 50
FAILURES_AT_ONCE, REST_SECONDS = 5, 30.0
_CALLS = ("start", "poll", "answer", "drop")


class EngineError(Exception):
    """The engine is missing, broken, busy for too long, or overran a limit."""


class EngineBusy(EngineError):
    """Others are before this one, and for too long or too many of them."""


class OutOfTime(EngineError):
    """The time of a render went by outside of the engine, which is as good as before."""


class Deadline:
    """What is left of the time that one render may take."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds; raises when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise OutOfTime("the render took too long")
        return left


class Engine:
    """One V8 with the app's script in it. Used by one thread at a time."""

    def __init__(self, script: Path) -> None:
        self._racer = MiniRacer()
        try:
            self._racer.set_hard_memory_limit(settings.DOCUMENT_MEMORY_MB * 1024 * 1024)
            self._racer.eval(script.read_text(encoding="utf-8"), timeout_sec=START_SECONDS)
            self._calls = {name: cast("JSFunction", self._racer.eval(f"globalThis.byline.{name}")) for name in _CALLS}
        except (JSEvalException, OSError, UnicodeDecodeError) as error:
            self.close()
            raise EngineError(f"{script.name} cannot be run: {error}") from error
        self._renders = 0

    def start(self, what: dict[str, str], deadline: Deadline) -> Any:
        """Begin a render; the answer names it in the other calls."""
        self._renders += 1
        return self._call("start", deadline, json.dumps(what))

    def poll(self, render: Any, deadline: Deadline) -> dict[str, Any]:
        """Go on as far as possible; says what is waited for, or what has come of it."""
        state = json.loads(self._call("poll", deadline, render))
        if not isinstance(state, dict):
            raise EngineError("the script does not speak our protocol")
        return state

    def answer(self, render: Any, number: Any, status: int, body: str, deadline: Deadline) -> None:
        """Hand over the answer to a request that a render waits for."""
        self._call("answer", deadline, render, number, json.dumps({"status": status, "body": body}))

    def drop(self, render: Any) -> None:
        """Forget a render."""
        self._call("drop", Deadline(1), render)

    def _call(self, name: str, deadline: Deadline, *arguments: Any) -> Any:
        try:
            return self._calls[name](*arguments, timeout_sec=deadline.left())
        except JSEvalException as error:
            raise EngineError(f"{name}: {error}") from error

    def has_grown(self) -> bool:
        """Whether its heap stays larger than half the limit, now and then looked at."""
        if self._renders % RENDERS_BETWEEN_LOOKS:
            return False
        limit = settings.DOCUMENT_MEMORY_MB * 1024 * 1024 // 2
        if self._racer.heap_stats()["used_heap_size"] > limit:
            self._racer.low_memory_notification()
        return bool(self._racer.heap_stats()["used_heap_size"] > limit)

    def close(self) -> None:
        """Give the memory back, once what was cut off has ended."""
        with suppress(JSEvalException):
            self._racer.eval("0", timeout_sec=1)
        self._racer.close()


class EngineKeeper:
    """Hands the process's engine to one render after the other, and makes a new one when it has to."""

    now = staticmethod(time.monotonic)

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counting = threading.Lock()
        self._here = 0
        """How many have the engine or wait for it."""
        self._engine: Engine | None = None
        self._made_from: tuple[str, int] | None = None
        self._failures: list[float] = []

    @contextmanager
    def borrow(self, seconds: float) -> Iterator[Engine]:
        """The engine, for one render. EngineBusy for whoever would wait longer than `seconds`, or in too long a queue:
        who waits keeps a thread of the process from answering others."""
        with self._turn(seconds):
            self._refuse_while_resting()
            try:
                engine = self._ready()
                yield engine
                if engine.has_grown():
                    self._forget()
            except OutOfTime:
                raise
            except Exception:
                self._failures = [*self._failures[1 - FAILURES_AT_ONCE :], self.now()]
                self._forget()
                raise

    @contextmanager
    def _turn(self, seconds: float) -> Iterator[None]:
        with self._counting:
            if self._here > settings.DOCUMENT_QUEUE:
                raise EngineBusy("too many wait for the engine")
            self._here += 1
        try:
            if not self._lock.acquire(timeout=seconds):
                raise EngineBusy("the engine is busy")
            try:
                yield
            finally:
                self._lock.release()
        finally:
            with self._counting:
                self._here -= 1

    def _refuse_while_resting(self) -> None:
        """Being refused is no failure of the engine, or a busy site would never let it begin again."""
        recent = [moment for moment in self._failures if moment > self.now() - REST_SECONDS]
        if len(recent) >= FAILURES_AT_ONCE:
            raise EngineError("the engine rests after it failed again and again")

    def _ready(self) -> Engine:
        script = Path(settings.SPA_SERVER)
        try:
            made_from = (str(script), script.stat().st_mtime_ns)
        except OSError:
            if self._engine is not None:  # it is just being built anew
                return self._engine
            raise EngineError(f"{script.name} is not built") from None
        if self._engine is None or made_from != self._made_from:
            self._forget()
            started = time.perf_counter()
            self._engine, self._made_from = Engine(script), made_from
            logger.info("document engine started", ms=round((time.perf_counter() - started) * 1000))
        return self._engine

    def _forget(self) -> None:
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def reset(self) -> None:
        """Forget the engine and what went wrong before: for tests, and at the end of the process."""
        held = self._lock.acquire(timeout=5)
        try:
            self._forget()
            self._failures = []
        finally:
            if held:
                self._lock.release()


keeper = EngineKeeper()
# An engine that is left to the interpreter's own end waits for a thread that has ended before.
atexit.register(keeper.reset)
