"""The OpenAPI schema and what is made from it.

python3 -m tools.schema write    write backend/openapi.yaml, the frontend's generated client, and docs/permissions.md
python3 -m tools.schema check    fail when either differs from what the code would give
python3 -m tools.schema lint     Redocly and Spectral; their rules and exceptions are in tools/openapi/
"""

from __future__ import annotations

import filecmp
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tools.console import Problem, done, step
from tools.paths import BACKEND, FRONTEND, VAR, VENV_PYTHON
from tools.processes import Processes, command, must_run
from tools.setup import prepare
from tools.stamps import Stamp, digest

LOGS = VAR / "log" / "schema"
SCHEMA = BACKEND / "openapi.yaml"
CLIENT = FRONTEND / "src" / "api" / "generated"
CACHE = FRONTEND / "node_modules" / ".cache"
LINTERS = BACKEND / "tools" / "openapi"


def generate_schema(processes: Processes, target: Path) -> None:
    """Write the schema that the code gives; a warning is an error."""
    arguments = ["spectacular", "--file", str(target), "--validate", "--fail-on-warn"]
    must_run(processes, "spectacular", [VENV_PYTHON, "manage.py", *arguments], cwd=BACKEND, log=LOGS / "schema.log")


def generate_client(processes: Processes, target: Path) -> None:
    """Write the client that the committed schema gives, formatted like the rest of the frontend."""
    generator = ["npx", "openapi-ts", "--output", str(target)]
    prettier = ["npx", "prettier", "--config", ".prettierrc.json", "--ignore-path", os.devnull]
    prettier += ["--with-node-modules", "--write", str(target)]
    must_run(processes, "openapi-ts", generator, cwd=FRONTEND, log=LOGS / "client.log")
    must_run(processes, "prettier", prettier, cwd=FRONTEND, log=LOGS / "prettier.log")


def write() -> None:
    """Bring schema and client up to date, and the tables of who may do what."""
    prepare(development=True, build=False)
    with Processes() as processes:
        with step("backend/openapi.yaml"):
            generate_schema(processes, SCHEMA)
        with step("frontend client"):
            must_run(processes, "generate", ["npm", "run", "generate"], cwd=FRONTEND, log=LOGS / "client.log")
        with step("docs/permissions.md"):
            module = [VENV_PYTHON, "-m", "tests.access.write_document"]
            must_run(processes, "permissions", module, cwd=BACKEND, log=LOGS / "permissions.log")


def check() -> None:
    """Compare schema and client with what the code gives. Both are made elsewhere: nothing is overwritten."""
    # Where no linter that runs at the same time looks.
    CACHE.mkdir(parents=True, exist_ok=True)
    beside = tempfile.mkdtemp(prefix="drift-", dir=CACHE)
    with Processes() as processes, tempfile.TemporaryDirectory() as folder:
        try:
            fresh = Path(folder) / "openapi.yaml"
            generate_schema(processes, fresh)
            if not SCHEMA.is_file() or fresh.read_bytes() != SCHEMA.read_bytes():
                raise Problem(
                    "backend/openapi.yaml is not what the code gives: run `make schema` and commit the result"
                )
            generate_client(processes, Path(beside))
            differing = different_files(CLIENT, Path(beside))
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    if differing:
        raise Problem(f"the generated client is out of date ({', '.join(differing)}): run `make schema`")
    done("schema and client", "as the code gives them")


def different_files(left: Path, right: Path) -> list[str]:
    """Relative names of files that only one side has or that differ."""
    names = {path.relative_to(side).as_posix() for side in (left, right) for path in side.rglob("*") if path.is_file()}
    _, mismatch, missing = filecmp.cmpfiles(left, right, sorted(names), shallow=False)
    return sorted([*mismatch, *missing])


def lint() -> None:
    """Run both linters over the committed schema; anything they report is a failure."""
    with Processes() as processes:
        stamp = Stamp(LINTERS / "node_modules" / ".installed")
        wanted = digest([LINTERS / "package-lock.json"])
        if not stamp.matches(wanted):
            with step("schema linters"):
                must_run(processes, "npm ci", ["npm", "ci"], cwd=LINTERS, log=LOGS / "npm.log")
                stamp.write(wanted)
        for name, arguments in (
            ("redocly", ["redocly", "lint", "byline", "--format", "stylish", "--max-problems", "200"]),
            (
                "spectral",
                ["spectral", "lint", str(SCHEMA), "--ruleset", ".spectral.yaml", "--fail-severity", "hint"],
            ),
        ):
            with step(name):
                environment = {
                    **os.environ,
                    "REDOCLY_TELEMETRY": "off",
                    "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
                }
                log = LOGS / f"{name}.log"
                must_run(processes, name, ["npx", *arguments], cwd=LINTERS, env=environment, log=log)


def main() -> None:
    """The command line."""
    actions = {"write": write, "check": check, "lint": lint}
    name = sys.argv[1] if len(sys.argv) > 1 else "check"
    if name not in actions:
        raise Problem(f"say `schema` and one of: {', '.join(actions)}")
    actions[name]()


if __name__ == "__main__":
    command(main)
