"""Whether an answer's time tells known accounts from unknown ones.

Every operation that takes a name or an e-mail address is asked about accounts that exist and about others, each name
once, in random order, over one connection, on a server of its own with the limits off. For each the AUC is
printed: how well somebody who sees only the time could tell which it was, 0.5 being not at all. Ends with exit code
1 when one is above the limit.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servers import UNLIMITED, environment, serving
from tools.console import Problem, say, step
from tools.network import LOOPBACK
from tools.paths import BACKEND, VENV_PYTHON
from tools.postgres import temporary_postgres
from tools.processes import Processes, must_run
from tools.stack import LOGS, Stack, start_redis

if TYPE_CHECKING:
    from collections.abc import Callable

SHAPES = ("PostgreSQL, Redis", "SQLite")
MAKE_ACCOUNTS = """
import sys
from django.contrib.auth.hashers import make_password
from apps.accounts.models import User
password = make_password("a long enough secret")
for line in sys.stdin.read().split():
    User.objects.create(username=line, email=f"{line}@example.org", password=password)
"""
DRAIN = "from apps.common import outbox\nwhile outbox.drain(): pass"


@dataclass
class Prober:
    """One connection to the server, and the times of its answers in milliseconds."""

    port: int
    known: list[str]
    unknown: list[str]
    steps: dict[str, str] = field(default_factory=dict)
    """Tokens of steps that were begun, by the name that they were begun for."""

    def __post_init__(self) -> None:
        self.connect()

    def connect(self) -> None:
        """Open the connection anew: the server closes one that was idle for long. Then get warm."""
        self.connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=30)
        for _ in range(10):
            self.post("token", {"username": "warm", "password": "warming up"}, {401})

    def post(self, path: str, body: dict[str, Any], expected: set[int]) -> tuple[float, Any]:
        payload = json.dumps(body)
        started = time.perf_counter()
        self.connection.request("POST", f"/api/v1/auth/{path}", payload, {"Content-Type": "application/json"})
        response = self.connection.getresponse()
        answer = response.read()
        took = (time.perf_counter() - started) * 1000
        if response.status not in expected:
            raise Problem(f"{path} answered {response.status}: {answer[:300]!r}")
        return took, json.loads(answer) if answer else None

    def compare(self, ask: Callable[[str], float]) -> tuple[list[float], list[float]]:
        """Times for known and for unknown names, each asked once, in random order."""
        names = [(name, 0) for name in self.known] + [(name, 1) for name in self.unknown]
        random.SystemRandom().shuffle(names)
        times: tuple[list[float], list[float]] = ([], [])
        for name, which in names:
            times[which].append(ask(name))
        return times

    def sign_in(self, name: str) -> float:
        return self.post("token", {"username": name, "password": "not the password"}, {401})[0]

    def sign_in_by_email(self, name: str) -> float:
        return self.sign_in(f"{name}@example.org")

    def begin(self, path: str, name: str) -> float:
        took, answer = self.post(path, {"username": name}, {202})
        self.steps[name] = answer["challenge"]
        return took

    def confirm(self, name: str) -> float:
        return self.post("code/confirm", {"challenge": self.steps[name], "code": "00000000"}, {400})[0]

    def confirm_reset(self, name: str) -> float:
        body = {"challenge": self.steps[name], "code": "00000000", "password": "another long secret"}
        return self.post("password/reset/confirm", body, {400})[0]

    def resend(self, name: str) -> float:
        return self.post("code/resend", {"challenge": self.steps[name]}, {204})[0]

    def register(self, name: str) -> float:
        body = {"email": f"{name}@example.org", "username": f"n{secrets.token_hex(8)}", "password": "a long enough one"}
        took, answer = self.post("register", body, {202})
        self.steps[name] = answer["challenge"]
        return took

    def verify(self, name: str) -> float:
        return self.post("email/verify", {"challenge": self.steps[name], "code": "00000000"}, {400})[0]


def auc(one: list[float], other: list[float]) -> float:
    """How well a threshold on the time tells the two apart: from 0.5 (not at all) to 1 (always)."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    wins, seen = 0, 0
    for _, which in ranked:
        seen += which
        wins += 0 if which else seen
    share = wins / (len(one) * len(other))
    return max(share, 1 - share)


def operations(prober: Prober, settle: Callable[[], None]) -> dict[str, Callable[[], tuple[list[float], list[float]]]]:
    """What is measured, in this order: later ones go on with the steps that earlier ones began."""

    def settled(ask: Callable[[str], float]) -> tuple[list[float], list[float]]:
        settle()
        prober.connect()
        return prober.compare(ask)

    return {
        "sign in by username": lambda: prober.compare(prober.sign_in),
        "sign in by e-mail": lambda: prober.compare(prober.sign_in_by_email),
        "ask for a code": lambda: prober.compare(lambda name: prober.begin("code", name)),
        "send it again": lambda: settled(prober.resend),
        "try a code": lambda: settled(prober.confirm),
        "ask for a reset": lambda: prober.compare(lambda name: prober.begin("password/reset", name)),
        "try a reset code": lambda: settled(prober.confirm_reset),
        "sign up": lambda: prober.compare(prober.register),
        "try a sign-up code": lambda: settled(prober.verify),
    }


def measure(processes: Processes, shape: str, folder: Path, options: argparse.Namespace) -> list[str]:
    """Measure one shape and print its table; answers what fell short."""
    manage = [VENV_PYTHON, "manage.py"]
    names = [f"p{secrets.token_hex(6)}" for _ in range(options.tries)]
    known, unknown = names[: options.tries // 2], names[options.tries // 2 :]
    short = []
    with ExitStack() as cleanup:
        settings = _settings(processes, cleanup, shape, folder)
        with step(f"{shape}: {len(known):,} accounts"):
            log = folder / "fill.log"
            must_run(processes, "migrate", [*manage, "migrate", "--verbosity", "0"], cwd=BACKEND, env=settings, log=log)
            listed = folder / "names.txt"
            listed.write_text("\n".join(known))
            make = ["bash", "-c", f"{VENV_PYTHON} manage.py shell -c '{MAKE_ACCOUNTS}' < {listed}"]
            must_run(processes, "accounts", make, cwd=BACKEND, env=settings, log=log)
        server = cleanup.enter_context(serving(processes, "ours", settings, folder))
        drain = [*manage, "shell", "-c", DRAIN]
        prober = Prober(server.port, known, unknown)
        say(f"\n{shape:<24}{'known ms':>10}{'unknown ms':>12}{'AUC':>8}")
        for name, run in operations(
            prober, lambda: must_run(processes, "drain", drain, cwd=BACKEND, env=settings, log=folder / "drain.log")
        ).items():
            there, away = run()
            value = auc(there, away)
            say(f"  {name:<22}{statistics.median(there):>10.2f}{statistics.median(away):>12.2f}{value:>8.3f}")
            if value > options.limit:
                short.append(f"{shape}: {name} {value:.3f}")
    return short


def _settings(processes: Processes, cleanup: ExitStack, shape: str, folder: Path) -> dict[str, str]:
    more = {
        "EMAIL_VERIFICATION": "1",
        "EMAIL_URL": "dummymail://",
        "SIGN_IN_MAX_FAILURES": UNLIMITED,
        "CODES_PER_WINDOW": UNLIMITED,
    }
    url = f"sqlite:///{folder}/byline.sqlite3"
    if shape == SHAPES[0]:
        stack = Stack(folder)
        LOGS.mkdir(parents=True, exist_ok=True)
        start_redis(processes, stack)
        url = cleanup.enter_context(temporary_postgres(processes, durable=True))
        more |= {"DJANGO_SETTINGS_MODULE": "config.settings.production", "REDIS_URL": stack.redis_url}
    return environment(url, folder, **more)


def main(arguments: list[str]) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench/run.py timing", description=__doc__)
    parser.add_argument("--tries", type=int, default=2_000, help="for each operation, half of them known (2,000)")
    parser.add_argument("--limit", type=float, default=0.55, help="largest AUC (default 0.55)")
    parser.add_argument("--shape", choices=SHAPES, action="append", help="one of the two (default both)")
    options = parser.parse_args(arguments)
    short: list[str] = []
    for shape in options.shape or SHAPES:
        folder = Path(tempfile.mkdtemp(prefix="byline-timing-"))
        try:
            with Processes() as processes:
                short += measure(processes, shape, folder, options)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    if short:
        sys.exit(f"\ntells accounts apart: {'; '.join(short)}")
    say("\nno time told an account")
