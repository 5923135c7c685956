"""Thousands of generated requests as three different callers: no 5xx, no answer that the schema doesn't name.

RATE_LIMITS_ENABLED=0 SIGN_IN_MAX_FAILURES=100000 CODES_PER_WINDOW=100000 ACCESS_TOKEN_MINUTES=120 \\
    python3 -m tools.stack exec -- python3 -m tools.fuzz [EXAMPLES]

EXAMPLES is the number of generated cases for each operation and caller (20). What Schemathesis has to know of our
contract stands in tools/openapi/schemathesis.toml. The requests go to the application server itself: what Nginx
answers on its own is held by tools/tests/test_nginx.py.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from tools.console import Problem, say, step
from tools.paths import BACKEND, VAR, VENV_BIN
from tools.processes import Processes, command, last_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

LOGS = VAR / "log" / "fuzz"
CONFIGURATION = BACKEND / "tools" / "openapi" / "schemathesis.toml"
CALLERS = ("anonymous", "READER", "EDITOR")
LEAST_CASES = 2000
GENERATED = re.compile(r"(\d[\d,]*) generated")


def token_of(caller: str, environment: Mapping[str, str]) -> str:
    """An access token of one of the stack's known accounts."""
    credentials = {"username": environment[caller], "password": environment["ACCOUNT_PASSWORD"], "cookie": False}
    request = urllib.request.Request(  # noqa: S310  (the stack's own address)
        f"{environment['BASE_URL']}/api/v1/auth/token",
        data=json.dumps(credentials).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
        return str(json.load(response)["access"])


def fuzz_command(caller: str, environment: Mapping[str, str], examples: int) -> list[str]:
    """The command that tries every operation as this caller."""
    signed_in = []
    if caller != "anonymous":
        signed_in = ["--header", f"Authorization: Bearer {token_of(caller, environment)}"]
        # It would end the session that the other requests are made in.
        signed_in += ["--exclude-path", "/api/v1/auth/sign-out"]
    return [
        *(str(VENV_BIN / "schemathesis"), "--config-file", str(CONFIGURATION), "run", str(BACKEND / "openapi.yaml")),
        *("--origin", environment["BACKEND_URL"], "--max-examples", str(examples), "--workers", "1", "--checks", "all"),
        *("--generation-database", "none", "--seed", environment.get("FUZZ_SEED", "20"), "--no-color"),
        *("--continue-on-failure", *signed_in),
    ]


def generated_cases(log: Path) -> int:
    """How many cases a run tried, as its summary says."""
    found = GENERATED.findall(log.read_text(errors="replace"))
    return int(found[-1].replace(",", "")) if found else 0


def main() -> None:
    """The command line."""
    # Schemathesis reads its hooks (tools/openapi) from another folder.
    environment = {**os.environ, "PYTHONPATH": str(BACKEND)}
    if "BASE_URL" not in environment:
        raise Problem("there is no stack: python3 -m tools.stack exec -- python3 -m tools.fuzz")
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    # Before the first request: guessing at sign-in is throttled, and generated requests look like guessing.
    commands = {caller.lower(): fuzz_command(caller, environment, examples) for caller in CALLERS}
    total, failed = 0, []
    with Processes() as processes, tempfile.TemporaryDirectory() as folder:
        for caller, wanted in commands.items():
            log = LOGS / f"{caller}.log"
            with step(f"generated requests, {caller}"):
                code = processes.run(caller, wanted, cwd=Path(folder), log=log, env=environment)
            cases = generated_cases(log)
            total += cases
            say(f"     {cases} cases")
            if code != 0:
                failed.append(caller)
                say(last_lines(log, 60))
    if failed:
        raise Problem(f"undocumented answers as {', '.join(failed)} (whole output: {LOGS})")
    if total < LEAST_CASES:
        raise Problem(f"only {total} cases were tried, and {LEAST_CASES} are wanted")
    say(f"{total} passed, 0 failed")


if __name__ == "__main__":
    command(main)
