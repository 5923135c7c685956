"""Publishing, killed at every SQL statement, and 200 workers killed over 1,000 notifications and mails: minutes.

    python3 -m tools.crashes [--step publish | --step telling]

On an SQLite file and on a PostgreSQL server of its own. What is looked at is told in `tests/crashes`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tools.paths import BACKEND, VENV_PYTHON
from tools.postgres import temporary_postgres
from tools.processes import Processes, command, run_attached


def main() -> None:
    """The command line; its arguments go on to `tests.crashes`, those after `--step telling` to that."""
    given = sys.argv[1:]
    telling = [str(VENV_PYTHON), "-m", "tests.crashes.telling"]
    runs = [[str(VENV_PYTHON), "-m", "tests.crashes", *given]]
    if given[:2] == ["--step", "telling"]:
        runs = [[*telling, *given[2:]]]
    elif not given:
        runs.append(telling)
    os.chdir(BACKEND)
    with tempfile.TemporaryDirectory(prefix="byline-crashes-") as folder, Processes() as processes:
        file, code = f"sqlite:///{Path(folder) / 'byline.sqlite3'}", 0
        with temporary_postgres(processes) as server:
            for url in (file, server):
                for arguments in runs:
                    code = run_attached(processes, arguments, env={**os.environ, "DATABASE_URL": url}) or code
    sys.exit(code)


if __name__ == "__main__":
    command(main)
