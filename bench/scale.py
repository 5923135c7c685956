"""Does it stay as quick with a hundred times as much? Lists, details and threads on a small and a large publication.

Both are served at once by the same command; requests go to one and the other in turn, so that whatever else the
machine does slows both. Ends with exit code 1 when a median grew by more than the limit.
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

from comparing import add_options, medians, on_each_database
from servers import Client, access_token, create_database, environment, fill, path_of, serving
from tools.console import done, seconds, step
from tools.postgres import temporary_postgres

if TYPE_CHECKING:
    from pathlib import Path

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
    of_small, of_large = addresses(small), addresses(large)
    return [(name, *medians(small, large, (of_small[name], of_large[name]), rounds=rounds)) for name in of_small]


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
    add_options(parser, rounds=50)
    on_each_database(parser.parse_args(arguments), on_database)
