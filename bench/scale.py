"""Does it stay as quick with a hundred times as much? Lists, details and threads on a small and a large publication.

Both are served at once by the same command; requests go to one and the other in turn, so that whatever else the
machine does slows both. Ends with exit code 1 when a median grew by more than the limit.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from servers import Client, access_token, create_database, environment, fill, path_of, serving
from tools.console import done, say, seconds, step
from tools.postgres import temporary_postgres
from tools.processes import Processes

API = "/api/v1"
SMALL = (1_000, 10_000)
FOLLOWER = "reader-00000"
"""Follows every author of the corpus."""


def deep_list_cursor(client: Client) -> str:
    """A cursor nine tenths into the list of posts: the corpus covers ten years, and this is from its second."""
    following = client.get(f"{API}/posts?year=2017&limit=5")["next"]
    return parse_qs(urlsplit(path_of(following)).query)["cursor"][0]


def deep_page(client: Client, path: str, *, after: int) -> str:
    """The page of 20 after the first rows, so many hundreds of them."""
    cursor = ""
    for _ in range(after):
        following = client.get(f"{path}&limit=100{cursor}")["next"]
        cursor = f"&cursor={quote(parse_qs(urlsplit(path_of(following)).query)['cursor'][0])}"
    return f"{path}{cursor}"


def addresses(client: Client) -> dict[str, str]:
    """What is measured, by name."""
    posts = f"{API}/posts?"
    busy = client.get(f"{posts}order=most-discussed&limit=1")["results"][0]["slug"]
    some = client.get(f"{posts}year=2021&limit=1")["results"][0]
    thread = f"{API}/posts/{quote(busy)}/comments?order="
    return {
        "list, first page": f"{API}/posts",
        "list, deep page": f"{posts}cursor={quote(deep_list_cursor(client))}",
        "list, oldest": f"{posts}order=oldest",
        "list of a tag": f"{posts}tag=harbour",
        "list of a category": f"{posts}category=harbour-1",
        "list of an author": f"{posts}author=writer-00005",
        # Five, since the small corpus has hardly more in a month: the same rows are compared with the same.
        "list of a month": f"{posts}year=2020&month=5&limit=5",
        "list, featured": f"{posts}featured=true&limit=5",
        "list, most discussed": f"{posts}order=most-discussed",
        "post": f"{API}/posts/{quote(some['slug'])}",
        "thread, oldest": f"{thread}oldest",
        "thread, newest": f"{thread}newest",
        "thread, deep page": deep_page(client, f"{thread}oldest", after=4),
        "feed of 40 authors": f"{API}/me/feed",
        "feed, deep page": deep_page(client, f"{API}/me/feed?", after=8),
        "tags": f"{API}/tags",
        "archive": f"{API}/archive",
    }


def measure(small: Client, large: Client, rounds: int) -> list[tuple[str, float, float]]:
    """Medians in milliseconds on both, by address."""
    results = []
    of_small, of_large = addresses(small), addresses(large)
    for name in of_small:
        times: tuple[list[float], list[float]] = ([], [])
        for number in range(rounds + 3):
            taken = small.timed(of_small[name]), large.timed(of_large[name])
            if number >= 3:  # the first ones warm caches and connections
                times[0].append(taken[0])
                times[1].append(taken[1])
        results.append((name, statistics.median(times[0]), statistics.median(times[1])))
    return results


def report(database: str, results: list[tuple[str, float, float]], limit: float) -> list[str]:
    """Print the table; answers what is over the limit."""
    say(f"\n{database:<24}{'small ms':>10}{'large ms':>10}{'ratio':>8}")
    over = []
    for name, small, large in results:
        ratio = large / small
        mark = "  over the limit" if ratio > limit else ""
        say(f"  {name:<22}{small:>10.1f}{large:>10.1f}{ratio:>8.2f}{mark}")
        if mark:
            over.append(f"{database}: {name} {ratio:.2f}×")
    return over


def on_database(
    processes: Processes, database: str, folder: Path, options: argparse.Namespace
) -> list[tuple[str, float, float]]:
    """Make both corpora on that database and measure."""
    with ExitStack() as cleanup:
        server_url = cleanup.enter_context(temporary_postgres(processes)) if database == "PostgreSQL" else ""
        clients = []
        for name, posts, comments in (("small", *SMALL), ("large", options.posts, options.comments)):
            place = folder / f"{database.lower()}-{name}"
            place.mkdir()
            url = create_database(server_url, name) if server_url else f"sqlite:///{place}/byline.sqlite3"
            with step(f"{database}: {posts:,} posts, {comments:,} comments"):
                taken = fill(processes, url, place, posts=posts, comments=comments)
            done("corpus", seconds(taken))
            settings = environment(url, place)
            server = serving(processes, f"{database}-{name}", settings, place)
            access = access_token(settings, FOLLOWER)
            clients.append(Client(cleanup.enter_context(server), access))
        return measure(clients[0], clients[1], options.rounds)


def main(arguments: list[str]) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench/run.py scale", description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--limit", type=float, default=1.3, help="how much slower the large one may be (default 1.3)")
    parser.add_argument("--database", choices=["SQLite", "PostgreSQL"], help="only this one")
    options = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="byline-scale-"))
    over: list[str] = []
    try:
        with Processes() as processes:
            for database in [options.database] if options.database else ["SQLite", "PostgreSQL"]:
                over += report(database, on_database(processes, database, folder, options), options.limit)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if over:
        sys.exit(f"\nover {options.limit}×: {'; '.join(over)}")
    say(f"\nnothing over {options.limit}×")
