"""Publishing, killed at every SQL statement: `python3 -m tools.crashes [--step publish]`, minutes.

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
    """The command line; what follows the module's name goes on to `tests.crashes`."""
    arguments = [str(VENV_PYTHON), "-m", "tests.crashes", *sys.argv[1:]]
    os.chdir(BACKEND)
    with tempfile.TemporaryDirectory(prefix="byline-crashes-") as folder, Processes() as processes:
        file = f"sqlite:///{Path(folder) / 'byline.sqlite3'}"
        code = run_attached(processes, arguments, env={**os.environ, "DATABASE_URL": file})
        with temporary_postgres(processes) as url:
            code = run_attached(processes, arguments, env={**os.environ, "DATABASE_URL": url}) or code
    sys.exit(code)


if __name__ == "__main__":
    command(main)
