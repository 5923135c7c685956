"""Requests a second and memory: our API with all of its contract against a bare DRF ModelViewSet (bare/).

The same rows in the same database, the same server command, the same number of processes and threads; rounds
alternate. First the production shape (PostgreSQL, Redis), then the embedded one (SQLite). Limits on requests are
counted as always and set so high that none is refused. Ends with exit code 1 when ours is slower or too large.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import load
from servers import Client, Server, environment, fill, serving
from tools.console import say, step
from tools.network import LOOPBACK
from tools.postgres import temporary_postgres
from tools.processes import Processes
from tools.stack import LOGS, Stack, start_redis

POSTS, COMMENTS = 1_000, 10_000
MEMORY_LIMIT = 200
MEMORY_AFTER = 10_000
WARM_UP = 2
HERE = Path(__file__).resolve().parent


def servers(processes: Processes, cleanup: ExitStack, shape: str, folder: Path) -> tuple[Server, Server]:
    """Ours and the bare one, on the same database with 1,000 posts."""
    more: dict[str, str] = {}
    url = f"sqlite:///{folder}/byline.sqlite3"
    if shape == "PostgreSQL, Redis":
        stack = Stack(folder)
        LOGS.mkdir(parents=True, exist_ok=True)
        start_redis(processes, stack)
        url = cleanup.enter_context(temporary_postgres(processes, durable=True))
        more = {"DJANGO_SETTINGS_MODULE": "config.settings.production", "REDIS_URL": stack.redis_url}
    with step(f"{shape}: {POSTS:,} posts"):
        fill(processes, url, folder, posts=POSTS, comments=COMMENTS)
    settings = environment(url, folder, **more)
    ours = cleanup.enter_context(serving(processes, "ours", settings, folder))
    bare_settings = {**settings, "DJANGO_SETTINGS_MODULE": "bare.settings", "PYTHONPATH": str(HERE)}
    bare = serving(
        processes, "bare", bare_settings, folder, cwd=HERE, path="/posts", application="bare.wsgi:application"
    )
    return ours, cleanup.enter_context(bare)


def compare(ours: Server, bare: Server, options: argparse.Namespace) -> tuple[dict[str, tuple[float, float]], int]:
    """Median requests a second of ours and the bare one, and how many requests ours has answered."""
    slug = quote(Client(ours).get("/api/v1/posts")["results"][7]["slug"])
    paths = {"one post": (f"/api/v1/posts/{slug}", f"/posts/{slug}"), "list of 20": ("/api/v1/posts", "/posts")}
    results, answered = {}, 0
    for name, (our_path, bare_path) in paths.items():
        rates: tuple[list[float], list[float]] = ([], [])
        targets = (f"http://{LOOPBACK}:{ours.port}{our_path}", f"http://{LOOPBACK}:{bare.port}{bare_path}")
        for target in targets:
            load.run(target, WARM_UP)
        for number in range(options.rounds):
            for which in (0, 1) if number % 2 == 0 else (1, 0):
                outcome = load.run(targets[which], options.seconds)
                rates[which].append(outcome.per_second)
                answered += outcome.requests if which == 0 else 0
        results[name] = statistics.median(rates[0]), statistics.median(rates[1])
    while answered < MEMORY_AFTER:
        answered += load.run(f"http://{LOOPBACK}:{ours.port}{paths['list of 20'][0]}", options.seconds).requests
    return results, answered


def measure(processes: Processes, shape: str, folder: Path, options: argparse.Namespace) -> list[str]:
    """Measure one shape and print its table; answers what fell short."""
    with ExitStack() as cleanup:
        ours, bare = servers(processes, cleanup, shape, folder)
        results, answered = compare(ours, bare, options)
        memory = ours.memory()
    say(f"\n{shape:<22}{'ours /s':>10}{'bare /s':>10}{'ratio':>8}")
    short = []
    for name, (our_rate, bare_rate) in results.items():
        ratio = our_rate / bare_rate
        say(f"  {name:<20}{our_rate:>10.0f}{bare_rate:>10.0f}{ratio:>8.2f}")
        if ratio < options.limit:
            short.append(f"{shape}: {name} {ratio:.2f}×")
    say(f"  memory after {answered:,} requests: {memory:.0f} MB")
    if memory > MEMORY_LIMIT:
        short.append(f"{shape}: {memory:.0f} MB")
    return short


def main(arguments: list[str]) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench/run.py throughput", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5, help="length of a round (default 5)")
    parser.add_argument("--limit", type=float, default=1.0, help="least ratio to the bare viewset (default 1.0)")
    options = parser.parse_args(arguments)
    short: list[str] = []
    for shape in ("PostgreSQL, Redis", "SQLite"):
        folder = Path(tempfile.mkdtemp(prefix="byline-throughput-"))
        try:
            with Processes() as processes:
                short += measure(processes, shape, folder, options)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    if short:
        sys.exit(f"\nbelow the promise: {'; '.join(short)}")
    say("\nevery promise held")
