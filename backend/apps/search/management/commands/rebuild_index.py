"""`manage.py rebuild_index`: the search index, made anew from posts and comments."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.search.engines import KINDS
from apps.search.services.building import fill, left_of, start_anew


class Command(BaseCommand):
    help = (
        "Make the search index anew. Searching goes on meanwhile. It may be interrupted at any time: with --resume it "
        "goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--resume", action="store_true", help="go on where the last run was interrupted")
        parser.add_argument("--empty", action="store_true", help="begin with an empty index (after damage)")
        parser.add_argument("--batch", type=int, default=0, metavar="N", help="rows in one transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through everything and say how far it has come."""
        if not options["resume"]:
            start_anew(empty=options["empty"])
        total = {kind: left_of(kind) for kind in KINDS}
        seen = dict.fromkeys(KINDS, 0)
        started = shown = time.monotonic()
        for step in fill(batch=max(0, options["batch"])):
            seen[step.kind] += step.seen
            if seen[step.kind] >= total[step.kind] or time.monotonic() - shown > 2:
                shown = time.monotonic()
                self.stdout.write(f"{step.kind}s: {seen[step.kind]:,} of {total[step.kind]:,}, up to id {step.last}")
        self.stdout.write(f"{sum(seen.values()):,} rows in {time.monotonic() - started:.0f} s; the index is complete")
