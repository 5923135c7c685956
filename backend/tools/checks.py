"""What `make test` and `make lint` check: the commands of each check, in the order in which they start."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tools import postgres
from tools.paths import BACKEND, FRONTEND, VENV_BIN, VENV_PYTHON

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Check:
    """One command whose exit code says whether all is well."""

    name: str
    command: list[str]
    cwd: Path
    environment: dict[str, str] = field(default_factory=dict)


def tool(name: str, *arguments: str) -> list[str]:
    """A command of the backend's environment."""
    return [str(VENV_BIN / name), *arguments]


def manage(*arguments: str) -> list[str]:
    """A management command."""
    return [VENV_PYTHON, "manage.py", *arguments]


TEST_SETTINGS = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}

STYLE = [
    Check("ruff", tool("ruff", "check", "."), BACKEND),
    Check("ruff format", tool("ruff", "format", "--check", "."), BACKEND),
    Check("import contracts", tool("lint-imports"), BACKEND),
    Check("eslint, prettier", ["npm", "run", "lint"], FRONTEND),
]
TYPES = [
    Check("mypy", tool("mypy", "."), BACKEND, TEST_SETTINGS),
    Check("vue-tsc", ["npm", "run", "typecheck"], FRONTEND),
]
DRIFT = [
    Check("migrations", manage("makemigrations", "--check", "--dry-run"), BACKEND, TEST_SETTINGS),
    Check("schema and client", [sys.executable, "-m", "tools.schema", "check"], BACKEND, TEST_SETTINGS),
]
FRONTEND_TESTS = [
    Check("vitest", ["npm", "test"], FRONTEND),
    Check("build", [sys.executable, "-m", "tools.setup", "build"], BACKEND),
]


def pytest_command() -> list[str]:
    """pytest over everything, on all processors."""
    return tool("pytest", "-n", str(os.cpu_count() or 1), "--maxfail", "25", "--tb", "short")


def backend_tests() -> tuple[list[Check], list[str]]:
    """The backend's tests on both databases, and what has to be left out with the command that helps."""
    sqlite = Check("pytest, SQLite", pytest_command(), BACKEND, {"DATABASE_URL": "sqlite:///:memory:"})
    given = os.environ.get("TEST_DATABASE_URL")
    if given:  # a server that somebody else looks after, as in CI
        return [sqlite, Check("pytest, PostgreSQL", pytest_command(), BACKEND, {"DATABASE_URL": given})], []
    if postgres.find_binaries() is None:
        return [sqlite], [f"backend tests on PostgreSQL: {postgres.INSTALL_HINT}"]
    own_server = [sys.executable, "-m", "tools.postgres", "--", *pytest_command()]
    return [sqlite, Check("pytest, PostgreSQL", own_server, BACKEND)], []
