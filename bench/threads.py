"""Does a long thread stay as quick as a short one? 100,000 comments under one post against 100.

Two shapes: `even`, where every root has four replies, and `heavy`, where a few roots hold everything. Pages hold the
same number of rows on both sides. Requests go to the one and the other in turn. Ends with exit code 1 when a median
grew by more than the limit.
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from typing import TYPE_CHECKING

from comparing import add_options, medians, on_each_database
from servers import Client, create_database, environment, serving
from tools.console import Problem, step
from tools.paths import BACKEND, VENV_PYTHON
from tools.postgres import temporary_postgres
from tools.processes import must_run

if TYPE_CHECKING:
    from pathlib import Path

    from tools.processes import Processes

API = "/api/v1"
SMALL = 100
SHORT_BRANCH = 5
MAKE_THREADS = """
import sys
from django.db import connection
from django.utils import timezone
from apps.accounts.models import User
from apps.comments.models import Comment, path_segment
from apps.posts.models import Post

number = int(sys.argv[1])
people = [User.objects.create(username=f"reader-{n}", email=f"reader-{n}@example.org") for n in range(50)]
text = "I read this twice, and the second time it was *another* text. Who else?"
html = "<p>I read this twice, and the second time it was <em>another</em> text. Who else?</p>"
first = 1
for slug, branch in (("even", int(sys.argv[2])), ("heavy", int(sys.argv[3]))):
    post = Post.objects.create(
        title=slug, slug=slug, status="published", published_at=timezone.now(), author=people[0], comment_count=number
    )
    rows = []
    for pk in range(first, first + number):
        root = first + (pk - first) // branch * branch
        path = path_segment(root) + (path_segment(pk) if pk != root else "")
        below = branch - 1 if pk == root else 0
        rows.append(Comment(
            id=pk, post=post, author=people[pk % 50], parent_id=root if pk != root else None, root_id=root, path=path,
            body=text, body_html=html, reply_count=below, visible_descendants=below, like_count=pk * 7919 % 100,
        ))
    Comment.objects.bulk_create(rows, batch_size=2000)
    first += number
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
"""


def addresses(comments: int, branch: int) -> dict[str, str]:
    """What is measured, by name; `branch` is the length of the branches of the heavy thread."""
    even, heavy = f"{API}/posts/even/comments", f"{API}/posts/heavy/comments"
    middle = comments // 2 // SHORT_BRANCH * SHORT_BRANCH + 3
    within = comments + comments // 2 // branch * branch + branch // 3
    paths = {f"first page, {order}": f"{even}?order={order}" for order in ("oldest", "newest", "best")}
    for order in ("oldest", "newest", "best"):
        paths[f"permalink, {order}"] = f"{even}?order={order}&around={middle}&limit=3"
    paths["first page, heavy"] = f"{heavy}?limit=2"
    paths["first page, heavy, best"] = f"{heavy}?limit=2&order=best"
    paths["permalink, heavy"] = f"{heavy}?limit=1&around={within}"
    paths["rest of a branch"] = f"{heavy}?branch={comments + 1}&after={comments + branch // 3}&limit=10"
    paths["what is new"] = f"{even}?since={comments - 20}"
    paths["status"] = f"{even}/status"
    return paths


def measure(small: Client, large: Client, options: argparse.Namespace) -> list[tuple[str, float, float]]:
    """Medians in milliseconds on both, by address."""
    results = []
    of_small, of_large = addresses(SMALL, SMALL // 2), addresses(options.comments, options.comments // 20)
    for name in of_small:
        rows = [
            len(client.get(path).get("results", []))
            for client, path in ((small, of_small[name]), (large, of_large[name]))
        ]
        if rows[0] != rows[1]:
            raise Problem(f"{name}: {rows[0]} rows against {rows[1]}, which is no comparison")
        paths = of_small[name], of_large[name]
        results.append((f"{name} ({rows[0]} rows)", *medians(small, large, paths, rounds=options.rounds)))
    return results


def on_database(
    processes: Processes, database: str, folder: Path, options: argparse.Namespace
) -> list[tuple[str, float, float]]:
    """Make both threads on that database and measure."""
    with ExitStack() as cleanup:
        server_url = cleanup.enter_context(temporary_postgres(processes)) if database == "PostgreSQL" else ""
        clients = []
        for name, comments, branch in (
            ("short", SMALL, SMALL // 2),
            ("long", options.comments, options.comments // 20),
        ):
            place = folder / f"{database.lower()}-{name}"
            place.mkdir()
            url = create_database(server_url, name) if server_url else f"sqlite:///{place}/byline.sqlite3"
            settings = environment(url, place)
            log = place / "fill.log"
            with step(f"{database}: {comments:,} comments under one post, twice"):
                manage = [VENV_PYTHON, "manage.py"]
                must_run(
                    processes, "migrate", [*manage, "migrate", "--verbosity", "0"], cwd=BACKEND, env=settings, log=log
                )
                code = f"import sys; sys.argv = ['', '{comments}', '{SHORT_BRANCH}', '{branch}']\n{MAKE_THREADS}"
                shell = [*manage, "shell", "--no-imports", "-c", code]
                must_run(processes, "threads", shell, cwd=BACKEND, env=settings, log=log)
            clients.append(Client(cleanup.enter_context(serving(processes, f"{database}-{name}", settings, place))))
        return measure(clients[0], clients[1], options)


def main(arguments: list[str]) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench/run.py threads", description=__doc__)
    parser.add_argument("--comments", type=int, default=100_000, help="a multiple of 1,000")
    add_options(parser, rounds=60)
    on_each_database(parser.parse_args(arguments), on_database)
