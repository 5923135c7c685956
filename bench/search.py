"""How long does a search take? Words that every post holds, rare ones, phrases, filters, unfinished and mistyped ones.

On SQLite and on PostgreSQL, each with a corpus of its own whose index `manage.py rebuild_index` has made. Ends with
exit code 1 when the 95th percentile over all queries is above the limit.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from servers import Client, create_database, environment, fill, serving
from tools.console import done, say, seconds, step
from tools.paths import BACKEND, VENV_PYTHON
from tools.postgres import temporary_postgres
from tools.processes import Processes, must_run

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERIES = {
    # The corpus is made of some 150 words, so that each of them is in nearly every post: the worst there can be.
    "a word": ("harbour", "lantern", "bread", "writer"),
    "two words": ("harbour lantern", "measure light", "oak mending"),
    "three words": ("quiet harbour bread", "paper weather rope"),
    "words as they are typed": ("h", "ha", "har", "harb", "harbou", "the har", "quiet lan"),
    "a phrase": ('"the harbour wall"', '"tide tables"', '"a borrowed ladder"'),
    "a phrase that is nowhere": ('"harbour lantern bread"',),
    "a tag": ("tag:harbour", "tag:harbour bread", "tag:rope lantern"),
    "an author": ("author:writer-00005", "author:writer-00005 lantern"),
    "before a date": ("lantern before:2018", "harbour before:2017-03", "bread after:2020 before:2021"),
    "a mistyped word": ("harbuor", "lantren bread", "archivsit"),
    "nothing to be found": ("xyzzyxyzzy", "harbour xyzzyxyzzy"),
    "deep page": ("lantern&limit=50&deep=2",),
}
LIMIT_MS = 50.0


def addresses(client: Client) -> Iterator[tuple[str, str]]:
    """Kinds of queries, and the address of each query."""
    for kind, queries in QUERIES.items():
        for query in queries:
            text, _, deep = query.partition("&limit=50&deep=")
            address = f"/api/v1/search?type=posts&q={quote(text)}"
            for _ in range(int(deep or 0)):
                following = client.get(f"{address}&limit=50" if "cursor" not in address else address)["next"]
                address = following[following.index("/api/") :]
            yield kind, address


def measure(client: Client, rounds: int) -> dict[str, list[float]]:
    """Milliseconds by kind of query. Every address is asked for once before it counts."""
    found: dict[str, list[float]] = {}
    asked = list(addresses(client))
    for number in range(rounds + 1):
        for kind, address in asked:
            took = client.timed(address)
            if number:
                found.setdefault(kind, []).append(took)
    return found


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def on_database(processes: Processes, database: str, folder: Path, options: argparse.Namespace) -> float:
    """Make the corpus and its index on that database and measure; answers the 95th percentile over all."""
    with ExitStack() as cleanup:
        server_url = cleanup.enter_context(temporary_postgres(processes)) if database == "PostgreSQL" else ""
        place = folder / database.lower()
        place.mkdir()
        url = create_database(server_url, "corpus") if server_url else f"sqlite:///{place}/byline.sqlite3"
        with step(f"{database}: {options.posts:,} posts, {options.comments:,} comments"):
            fill(processes, url, place, posts=options.posts, comments=options.comments)
            settings = environment(url, place)
            started = time.monotonic()
            build = [VENV_PYTHON, "manage.py", "rebuild_index", "--batch", "200"]
            must_run(processes, "rebuild_index", build, cwd=BACKEND, env=settings, log=place / "index.log")
        done("index", seconds(time.monotonic() - started))
        client = Client(cleanup.enter_context(serving(processes, database, settings, place)))
        found = measure(client, options.rounds)
    say(f"\n{database + f', {options.posts:,} posts':<34}{'median ms':>10}{'p95 ms':>10}")
    for kind, times in found.items():
        say(f"  {kind:<32}{statistics.median(times):>10.1f}{p95(times):>10.1f}")
    every = [took for times in found.values() for took in times]
    say(f"  {'all':<32}{statistics.median(every):>10.1f}{p95(every):>10.1f}")
    return p95(every)


def main(arguments: list[str]) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench/run.py search", description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--comments", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--limit", type=float, default=LIMIT_MS, help="milliseconds, 95th percentile (default 50)")
    parser.add_argument("--database", choices=["SQLite", "PostgreSQL"], help="only this one")
    options = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="byline-bench-"))
    try:
        with Processes() as processes:
            databases = [options.database] if options.database else ["SQLite", "PostgreSQL"]
            slow = [name for name in databases if on_database(processes, name, folder, options) > options.limit]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if slow:
        sys.exit(f"\nover {options.limit:.0f} ms at the 95th percentile: {', '.join(slow)}")
    say(f"\nnothing over {options.limit:.0f} ms at the 95th percentile")
