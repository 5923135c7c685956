"""Filling the index where nobody has: after an upgrade, or after a change of its rules."""

import time

from apps.common.periodic import every
from apps.search.services.building import fill

AT_ONCE = 20.0
"""Seconds."""


@every(minutes=1)
def fill_index() -> int:
    """Go on where it was left; returns how many rows were looked at. Costs two small queries once all is done."""
    seen, started = 0, time.monotonic()
    for step in fill():
        seen += step.seen
        if time.monotonic() - started > AT_ONCE:
            break
    return seen
