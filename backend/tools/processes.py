"""Child processes that never outlive their parent: each in its own group, all stopped together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from typing import IO, TYPE_CHECKING, Self

from tools.console import Problem, say, stop

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import FrameType

PATIENCE = 10.0  # seconds between asking a process to stop and killing it
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(SystemExit):
    """A signal asked us to stop; the exit code is the one that shells expect."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)


class _Undisturbed(contextlib.ContextDecorator):
    """A signal that asks us to stop takes effect at the end of the block: in its middle there may be a child that
    nobody has noted yet. Signals interrupt the main thread alone."""

    def __init__(self) -> None:
        self._depth = 0
        self._asked: int | None = None

    def __enter__(self) -> None:
        if threading.current_thread() is threading.main_thread():
            self._depth += 1

    def __exit__(self, *_: object) -> None:
        if threading.current_thread() is threading.main_thread():
            self._depth -= 1
            if self._asked is not None and not self._depth:
                number, self._asked = self._asked, None
                raise Interrupted(number)

    def interrupt(self, number: int, _frame: FrameType | None) -> None:
        """The handler of these signals."""
        for each in STOPPING:  # a second Ctrl-C must not interrupt the tidying up
            signal.signal(each, signal.SIG_IGN)
        if not self._depth:
            raise Interrupted(number)
        self._asked = number


_undisturbed = _Undisturbed()


class Processes:
    """The children of one command. Leaving the block, for whatever reason, stops all that still run."""

    def __init__(self) -> None:
        self._running: list[tuple[str, subprocess.Popen[str], signal.Signals]] = []
        self._readers: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in STOPPING:
                signal.signal(number, _undisturbed.interrupt)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(
        self,
        name: str,
        command: Sequence[str | os.PathLike[str]],
        *,
        cwd: Path,
        env: Mapping[str, str] | None = None,
        user: int | None = None,
        group: int | None = None,
        output: IO[str] | None = None,
        stdin: str | None = None,
        stop_with: signal.Signals = signal.SIGTERM,
    ) -> subprocess.Popen[str]:
        """Start a child. Its lines go to `output`, or else to ours with its name before them."""
        with _undisturbed, self._lock:
            if self._closed:
                raise Interrupted(signal.SIGTERM)
            process = subprocess.Popen(
                [os.fspath(part) for part in command],
                cwd=cwd,
                env=None if env is None else dict(env),
                user=user,
                group=group,
                extra_groups=None if user is None else [],
                stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
                stdout=output or subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                start_new_session=True,
            )
            self._running.append((name, process, stop_with))
        if process.stdin is not None:
            process.stdin.write(stdin or "")
            process.stdin.close()
        if output is None:
            reader = threading.Thread(target=_forward, args=(name, process), daemon=True)
            reader.start()
            self._readers.append(reader)
        return process

    def attach(
        self, command: Sequence[str], *, env: Mapping[str, str], cwd: Path | None = None
    ) -> subprocess.Popen[str]:
        """Start a child that writes to our own terminal; it cannot read from it."""
        with _undisturbed, self._lock:
            process = subprocess.Popen(
                list(command), cwd=cwd, env=dict(env), text=True, stdin=subprocess.DEVNULL, process_group=0
            )
            self._running.append((command[0], process, signal.SIGTERM))
        return process

    def run(
        self,
        name: str,
        command: Sequence[str | os.PathLike[str]],
        *,
        cwd: Path,
        log: Path,
        env: Mapping[str, str] | None = None,
    ) -> int:
        """Run a command to its end with its output in the file `log`; answers its exit code."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w") as output:
            process = self.start(name, command, cwd=cwd, env=env, output=output)
            code = process.wait()
        with self._lock:
            self._running = [entry for entry in self._running if entry[1] is not process]
        return code

    def first_to_end(self, interval: float = 0.2) -> tuple[str, int]:
        """Wait until any child ends; answers its name and exit code."""
        while True:
            for name, process, _ in self._running:
                code = process.poll()
                if code is not None:
                    return name, code
            time.sleep(interval)

    @_undisturbed
    def stop(self) -> None:
        """Stop every child, the youngest first."""
        with self._lock:
            self._closed = True
            entries = list(reversed(self._running))
            self._running.clear()
        for _, process, stop_with in entries:
            _stop(process, stop_with)
        for reader in self._readers:
            reader.join(1)

    def stop_one(self, process: subprocess.Popen[str]) -> None:
        """Stop one child before the others."""
        with self._lock:
            entries = [entry for entry in self._running if entry[1] is process]
            self._running = [entry for entry in self._running if entry[1] is not process]
        for _, _, stop_with in entries:
            _stop(process, stop_with)


def _stop(process: subprocess.Popen[str], stop_with: signal.Signals) -> None:
    """Politely first, then for good, with all that the child has started."""
    if process.poll() is None:
        _signal_group(process, stop_with)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
    _signal_group(process, signal.SIGKILL)  # also what a dead leader left behind
    process.wait()


def _signal_group(process: subprocess.Popen[str], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _forward(name: str, process: subprocess.Popen[str]) -> None:
    if process.stdout is None:
        return
    for line in process.stdout:
        say(f"{name:<7}| {line.rstrip()}")


def run_attached(
    processes: Processes, command: Sequence[str], *, env: Mapping[str, str], cwd: Path | None = None
) -> int:
    """Run a person's own command on our terminal, in the folder we are in or another; answers its exit code."""
    try:
        return processes.attach(command, env=env, cwd=cwd).wait()
    except FileNotFoundError as error:
        raise Problem(f"there is no command {command[0]!r}") from error


def command(main: Callable[[], None]) -> None:
    """Run a command's main function: a problem becomes one line and exit code 1, Ctrl-C a quiet end."""
    try:
        main()
    except Problem as problem:
        stop(str(problem))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


def last_lines(log: Path, count: int) -> str:
    """The end of a log, for showing what went wrong."""
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in lines[-count:])


def must_run(
    processes: Processes,
    name: str,
    command: Sequence[str | os.PathLike[str]],
    *,
    cwd: Path,
    log: Path,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run a command whose failure ends ours: shows the end of its output and says where the rest is."""
    code = processes.run(name, command, cwd=cwd, log=log, env=env)
    if code != 0:
        say(last_lines(log, 30))
        raise Problem(f"{name} failed with exit code {code} (whole output: {log})")
