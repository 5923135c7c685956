"""Measurements that anyone can repeat. Everything runs on servers of its own, in temporary folders, on free ports.

make bench                          requests a second and memory, against a bare viewset (throughput.py)
make bench ARGS=scale               100,000 posts against 1,000 (scale.py)
make bench ARGS=threads             100,000 comments under one post against 100 (threads.py)
make bench ARGS=search              how long a search takes among 100,000 posts (search.py)
make bench ARGS=timing              whether the time of an answer tells known accounts from unknown ones (timing.py)
make bench ARGS="scale --help"      what can be chosen
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent / "backend")]

from tools.console import Problem  # noqa: E402
from tools.processes import command  # noqa: E402

MEASUREMENTS = ("throughput", "scale", "search", "threads", "timing")


def main() -> None:
    """The command line."""
    name = sys.argv[1] if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else MEASUREMENTS[0]
    if name not in MEASUREMENTS:
        raise Problem(f"say one of {', '.join(MEASUREMENTS)}")
    arguments = sys.argv[2:] if name in sys.argv[1:2] else sys.argv[1:]
    importlib.import_module(name).main(arguments)


if __name__ == "__main__":
    command(main)
