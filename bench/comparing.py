"""What the measurements of growth share: two servers asked in turn, a table of medians, and the limit."""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.console import say
from tools.processes import Processes

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from servers import Client

    Results = list[tuple[str, float, float]]
    """Names with the medians on the small and on the large side, in milliseconds."""

WARM_UP = 5
"""Requests before those that count: they warm caches and connections."""


def medians(small: Client, large: Client, paths: tuple[str, str], *, rounds: int) -> tuple[float, float]:
    """Ask the one and the other in turn, so that whatever else the machine does slows both."""
    times = [(small.timed(paths[0]), large.timed(paths[1])) for _ in range(rounds + WARM_UP)][WARM_UP:]
    return statistics.median(first for first, _ in times), statistics.median(second for _, second in times)


def add_options(parser: argparse.ArgumentParser, *, rounds: int) -> None:
    """What can be chosen in each of them."""
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--limit", type=float, default=1.3, help="how much slower the large one may be (default 1.3)")
    parser.add_argument("--database", choices=["SQLite", "PostgreSQL"], help="only this one")


def report(database: str, results: Results, limit: float) -> list[str]:
    """Print the table; answers what is over the limit."""
    say(f"\n{database:<34}{'small ms':>10}{'large ms':>10}{'ratio':>8}")
    over = []
    for name, small, large in results:
        ratio = large / small
        mark = "  over the limit" if ratio > limit else ""
        say(f"  {name:<32}{small:>10.1f}{large:>10.1f}{ratio:>8.2f}{mark}")
        if mark:
            over.append(f"{database}: {name} {ratio:.2f}×")
    return over


def on_each_database(options: argparse.Namespace, measured: Callable[[Processes, str, Path, Any], Results]) -> None:
    """Measure on the databases that were chosen. Ends with exit code 1 when a median grew by more than the limit."""
    folder = Path(tempfile.mkdtemp(prefix="byline-bench-"))
    over: list[str] = []
    try:
        with Processes() as processes:
            for database in [options.database] if options.database else ["SQLite", "PostgreSQL"]:
                over += report(database, measured(processes, database, folder, options), options.limit)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if over:
        sys.exit(f"\nover {options.limit}×: {'; '.join(over)}")
    say(f"\nnothing over {options.limit}×")
