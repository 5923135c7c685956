"""A long run against the production shape: readers without pause, and far more generated requests than CI makes.

RATE_LIMITS_ENABLED=0 … python3 -m tools.stack exec -- python3 -m tools.soak    (make soak)

SOAK_MINUTES (20) of reading by SOAK_READERS (8) readers: every answer a 200, and a web process that does not grow.
Then 20,000 and more generated requests as three callers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path

from tools.console import Problem, done, say, seconds, step
from tools.processes import command

GROWTH_ALLOWED = 30  # MB between the first minute and the last
MEMORY_ALLOWED = 320  # MB of the web process, of which the engine for documents takes about 100
EXAMPLES = "120"  # generated for each operation and caller


def addresses(base: str) -> list[str]:
    """What readers read: the front page, lists, and every post with its thread."""
    with urllib.request.urlopen(f"{base}/api/v1/posts?limit=100", timeout=30) as response:  # noqa: S310
        slugs = [post["slug"] for post in json.load(response)["results"]]
    lists = [f"{base}{path}" for path in ("/", "/api/v1/posts", "/api/v1/tags", "/api/v1/categories", "/api/v1/site")]
    posts = [f"{base}/api/v1/posts/{urllib.parse.quote(slug)}" for slug in slugs]
    return [*lists, *posts, *(f"{post}/comments" for post in posts)]


def read(urls: list[str], offset: int, until: float, answers: Counter[int]) -> None:
    """One reader: one address after the other until the time is over."""
    mine: Counter[int] = Counter()
    while time.monotonic() < until:
        offset += 1
        try:
            with urllib.request.urlopen(urls[offset % len(urls)], timeout=10) as response:  # noqa: S310
                response.read()
                mine[response.status] += 1
        except urllib.error.HTTPError as error:
            mine[error.code] += 1
        except OSError:
            mine[0] += 1
    answers.update(mine)


def web_memory(port: str) -> float:
    """Resident megabytes of the biggest process of the application server that listens on `port`."""
    biggest = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if any(word.endswith(b"granian") for word in words) and port.encode() in words:
                status = (folder / "status").read_text()
                biggest = max(biggest, int(status.split("VmRSS:")[1].split()[0]))
        except (OSError, IndexError):
            continue
    return biggest / 1024


def soak(base: str, port: str, *, minutes: float, readers: int) -> None:
    """Read for so long, then judge answers and memory."""
    urls = addresses(base)
    until = time.monotonic() + minutes * 60
    answers: Counter[int] = Counter()
    threads = [
        threading.Thread(target=read, args=(urls, number * 7, until, answers), daemon=True) for number in range(readers)
    ]
    for thread in threads:
        thread.start()
    time.sleep(min(60, minutes * 30))
    early = web_memory(port)
    for thread in threads:
        thread.join()
    late = web_memory(port)
    say(f"     answers {dict(answers)}; web process {early:.0f} MB after a minute, {late:.0f} MB at the end")
    if set(answers) != {200}:
        raise Problem("not every answer was a 200")
    if late > MEMORY_ALLOWED or late - early > GROWTH_ALLOWED:
        raise Problem(f"the web process grew from {early:.0f} to {late:.0f} MB")


def main() -> None:
    """The command line."""
    started = time.monotonic()
    base, backend = os.environ.get("BASE_URL", ""), os.environ.get("BACKEND_URL", "")
    if not base:
        raise Problem("there is no stack: make soak")
    minutes, readers = float(os.environ.get("SOAK_MINUTES", "20")), int(os.environ.get("SOAK_READERS", "8"))
    with step(f"{readers} readers for {minutes:g} minutes"):
        soak(base, backend.rpartition(":")[2], minutes=minutes, readers=readers)
    fuzz = subprocess.run([sys.executable, "-m", "tools.fuzz", EXAMPLES], check=False)
    if fuzz.returncode != 0:
        raise Problem("generated requests found something")
    done("soak", seconds(time.monotonic() - started))


if __name__ == "__main__":
    command(main)
