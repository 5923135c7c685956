"""Databases with a corpus, web servers on them, and timed requests."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tools.console import Problem, say, step
from tools.network import LOOPBACK, answers, free_port, wait_until
from tools.paths import BACKEND, VENV_PYTHON
from tools.processes import Processes, must_run
from tools.run import granian

if TYPE_CHECKING:
    from collections.abc import Iterator

UNLIMITED = str(10**9)
"""Requests are counted as always; none is refused."""


@dataclass(frozen=True)
class Server:
    """A running web server."""

    name: str
    port: int
    pid: int

    def memory(self) -> float:
        """Resident memory of its largest process (the one that answers) in MB."""
        family = [self.pid, *_children(self.pid)]
        return max(_resident(pid) for pid in family)


def environment(database_url: str, folder: Path, **more: str) -> dict[str, str]:
    """The settings of a server or command on that database."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "PUBLIC_URL": f"http://{LOOPBACK}",
        "DATABASE_URL": database_url,
        "VAR_DIR": str(folder),
        "STATIC_ROOT": str(folder / "static"),
        "RATE_LIMIT_ANONYMOUS": UNLIMITED,
        "RATE_LIMIT_SIGNED_IN": UNLIMITED,
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def fill(processes: Processes, database_url: str, folder: Path, *, posts: int, comments: int) -> float:
    """Migrate and make a corpus; answers the seconds that the corpus took."""
    settings = environment(database_url, folder)
    log = folder / "fill.log"
    manage = [VENV_PYTHON, "manage.py"]
    must_run(processes, "migrate", [*manage, "migrate", "--verbosity", "0"], cwd=BACKEND, env=settings, log=log)
    started = time.monotonic()
    corpus = [*manage, "make_corpus", "--posts", str(posts), "--comments", str(comments)]
    must_run(processes, "make_corpus", corpus, cwd=BACKEND, env=settings, log=log)
    return time.monotonic() - started


def access_token(settings: dict[str, str], username: str) -> str:
    """An access token for that account of the server with these settings."""
    code = (
        "from apps.accounts.models import User; from apps.accounts.sessions import start_session; "
        f"print(start_session(user=User.objects.get(username={username!r}))[1].access)"
    )
    command = [VENV_PYTHON, "manage.py", "shell", "--no-imports", "-c", code]
    asked = {**settings, "ACCESS_TOKEN_MINUTES": "120"}
    return subprocess.run(command, cwd=BACKEND, env=asked, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603


def create_database(url: str, name: str) -> str:
    """A further database on the server of that URL; answers its URL."""
    code = (
        "import sys, psycopg\npsycopg.connect(sys.argv[1], autocommit=True).execute(f'CREATE DATABASE {sys.argv[2]}')"
    )
    subprocess.run([VENV_PYTHON, "-c", code, url, name], check=True)  # noqa: S603 - our own interpreter
    return f"{url.rpartition('/')[0]}/{name}"


@contextmanager
def serving(
    processes: Processes,
    name: str,
    settings: dict[str, str],
    folder: Path,
    *,
    cwd: Path = BACKEND,
    path: str = "/livez",
    application: str = "config.wsgi:application",
) -> Iterator[Server]:
    """A web server for the length of the block, started as `make run` and `make stack` start theirs."""
    port = free_port()
    log = folder / f"{name}.log"
    with log.open("w") as output:
        served = [*granian(LOOPBACK, port)[:-1], application]
        process = processes.start(name, served, cwd=cwd, env=settings, output=output)
    try:
        wait_until(
            f"{name} (log: {log})",
            lambda: answers(f"http://{LOOPBACK}:{port}{path}"),
            alive=lambda: process.poll() is None,
        )
        yield Server(name, port, process.pid)
    finally:
        processes.stop_one(process)


class Client:
    """Keeps one connection open and times requests."""

    def __init__(self, server: Server, access: str = "") -> None:
        """`access`: the token of the account whose own addresses (`/me/…`) are asked for."""
        self.connection = http.client.HTTPConnection(LOOPBACK, server.port, timeout=30)
        self.access = access

    def timed(self, path: str) -> float:
        """Milliseconds until the whole answer is there."""
        started = time.perf_counter()
        self._ask(path)
        return (time.perf_counter() - started) * 1000

    def get(self, path: str) -> Any:
        """The parsed answer."""
        return json.loads(self._ask(path))

    def _ask(self, path: str) -> bytes:
        headers = {"Accept": "application/json"}
        if path.startswith("/api/v1/me/"):
            headers["Authorization"] = f"Bearer {self.access}"
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise Problem(f"{path} answered {response.status}: {body[:300]!r}")
        return body


def path_of(url: str | None) -> str:
    """The path and query of an absolute URL."""
    if url is None:
        raise Problem("the list ended before the page that was to be measured")
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_children(int(child))]
    return found


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


__all__ = [
    "Client",
    "Server",
    "access_token",
    "create_database",
    "environment",
    "fill",
    "path_of",
    "say",
    "serving",
    "step",
]
