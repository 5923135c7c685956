"""`python -m tests.crashes [--sample 6] [--step …]`: the kills, on the database of DATABASE_URL, which is emptied."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import django


def main() -> int:
    """Print a line a step; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description="Kill publishing at every statement.")
    parser.add_argument("--sample", type=int, help="points of each step; all without it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--step", default="")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    os.environ["RATE_LIMITS_ENABLED"] = "0"
    django.setup()

    from django.core.management import call_command
    from django.db import connection

    from apps.tags.services import create_category
    from tests.crashes.runner import Half, run

    if ":memory:" in str(connection.settings_dict["NAME"]):
        sys.exit("A database in memory dies with the process. Name a file or a server in DATABASE_URL.")
    call_command("migrate", verbosity=0)
    create_category(name="Places")
    with tempfile.TemporaryDirectory(prefix="byline-crashes-") as folder:
        try:
            for row in run(Path(folder), sample=arguments.sample, seed=arguments.seed, only=arguments.step):
                split = f"{row.left_old} left the old state, {row.kills - row.left_old} the new one"
                print(  # noqa: T201
                    f"{connection.vendor:10} {row.step:13} {row.kills:3} kills at {row.points:3} points: {split}, "
                    f"{row.tried_again} after a subscriber had begun ({row.seconds:.1f} s)",
                    flush=True,
                )
        except Half as broken:
            print(f"BROKEN: {broken}", flush=True)  # noqa: T201
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
