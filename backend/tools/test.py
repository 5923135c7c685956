"""`make test`: everything that can be checked without root, two at a time. `make lint`: the quick part.

python3 -m tools.test [lint]

Each check's whole output is in var/log/test/. With CI=true, leaving something out is a failure.
"""

from __future__ import annotations

import os
import re
import sys
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools import checks
from tools.console import Problem, say, seconds
from tools.paths import VAR
from tools.processes import Processes, command
from tools.setup import prepare

if TYPE_CHECKING:
    from pathlib import Path

LOGS = VAR / "log" / "test"
AT_ONCE = 2
SHOWN = 10  # failures named at once, beneath the check; all are in its log
SUMMARY = re.compile(r"^(=+ .*\b(passed|failed|error|errors)\b.* =+|\s*(Test Files|Tests) .*(passed|failed).*)$")
FAILURE = re.compile(r"^\s*(FAILED|ERROR|FAIL) +\S+\.(py|ts)\b")
PASSED_OVER = re.compile(r"^SKIPPED \[\d+\] ")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Outcome:
    """How one check went."""

    check: checks.Check
    code: int
    duration: float
    log: Path

    @property
    def lines(self) -> list[str]:
        """What was printed, without colours."""
        return COLOURS.sub("", self.log.read_text(errors="replace")).splitlines()

    @property
    def summary(self) -> list[str]:
        """The lines in which a test runner counts its tests."""
        return [line.strip() for line in self.lines if SUMMARY.match(line)]

    @property
    def failures(self) -> list[str]:
        """The lines in which a test runner names the tests that failed, each once."""
        return list(dict.fromkeys(line.strip() for line in self.lines if FAILURE.match(line)))

    def end(self, count: int) -> str:
        """The last lines of what was printed, without the tests that were passed over: there what failed is told."""
        return "\n".join([f"    {line}" for line in self.lines if not PASSED_OVER.match(line)][-count:])


def run_check(processes: Processes, check: checks.Check) -> Outcome:
    """Run one check, and say how it went."""
    log = LOGS / f"{re.sub(r'[^a-z]+', '-', check.name.lower())}.log"
    started = time.monotonic()
    environment = {**os.environ, "NO_COLOR": "1", "FORCE_COLOR": "0", **check.environment}
    code = processes.run(check.name, check.command, cwd=check.cwd, env=environment, log=log)
    outcome = Outcome(check, code, time.monotonic() - started, log)
    note = f": {'; '.join(outcome.summary)}" if outcome.summary else ""
    say(f"  {'ok' if code == 0 else 'FAILED'} {check.name} ({seconds(outcome.duration)}){note}")
    for failure in outcome.failures[:SHOWN]:
        say(f"     {failure}")
    return outcome


def run_all(wanted: list[checks.Check]) -> list[Outcome]:
    """Run all checks, a few at a time, whether or not some fail."""
    with ThreadPoolExecutor(AT_ONCE) as pool, Processes() as processes:
        futures = [pool.submit(run_check, processes, check) for check in wanted]
        waiting: set[Future[Outcome]] = set(futures)
        while waiting:  # in short waits, so that the main thread wakes up to handle signals
            waiting = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED).not_done
        return [future.result() for future in futures]


def report(outcomes: list[Outcome], omissions: list[str], total: float) -> bool:
    """Print what went wrong and the summary; answers whether all is well."""
    failed = [outcome for outcome in outcomes if outcome.code != 0]
    for outcome in failed:
        say(f"\n---- {outcome.check.name} failed with exit code {outcome.code}; the end of {outcome.log}:")
        say(outcome.end(60))
    say("\nSummary")
    for outcome in outcomes:
        word = "ok    " if outcome.code == 0 else "FAILED"
        say(f"  {word} {seconds(outcome.duration):>12}  {outcome.check.name}")
    for omission in omissions:
        say(f"  left out              {omission}")
    for outcome in outcomes:
        for line in outcome.summary:
            say(line)
    in_ci = os.environ.get("CI", "").lower() in {"1", "true"}
    say(f"{len(outcomes) - len(failed)} of {len(outcomes)} checks passed in {seconds(total)}")
    if omissions and in_ci:
        say("With CI=true nothing may be left out.")
    return not failed and not (omissions and in_ci)


def main() -> None:
    """The command line."""
    started = time.monotonic()
    what = sys.argv[1] if len(sys.argv) > 1 else "all"
    if what not in {"all", "lint"}:
        raise Problem("say `test` or `test lint`")
    prepare(development=True, build=False)
    wanted = [*checks.STYLE, *checks.TYPES]
    omissions: list[str] = []
    if what == "all":
        pytest_checks, omissions = checks.backend_tests()
        wanted += [*checks.DRIFT, *checks.FRONTEND_TESTS, *pytest_checks]
    outcomes = run_all(wanted)
    if not report(outcomes, omissions, time.monotonic() - started):
        sys.exit(1)


if __name__ == "__main__":
    command(main)
