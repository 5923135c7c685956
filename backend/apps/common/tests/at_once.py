"""Doing things at the same time, in tests of what must hold then."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections


def run_at_once(work: Callable[[int], Any], times: int, *, caught: tuple[type[Exception], ...] = ()) -> list[Any]:
    """Run the work in as many threads, each with a connection of its own; answers what each returned. What is raised
    of the kinds that are caught is an answer, too."""

    def run(number: int) -> Any:
        try:
            return work(number)
        except caught as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))
