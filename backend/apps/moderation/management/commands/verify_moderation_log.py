"""`manage.py verify_moderation_log`: whether the log of decisions is as it was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.moderation.models import LogHead
from apps.moderation.services.rebuilding import rebuild
from apps.moderation.services.verification import differences, verify_log


def noted_head(text: str) -> tuple[int, str]:
    """`NUMBER:HASH`, as this command prints it."""
    number, _, digest = text.partition(":")
    if not number.isdecimal() or len(digest) != 64:
        raise CommandError("Give a number and a hash as this command prints them: 12:9f86d0…")
    return int(number), digest


class Command(BaseCommand):
    help = (
        "Say at which numbers rows of the moderation log were changed, removed or inserted, and end with 1 if any "
        "were. It prints the newest number and hash: keep them elsewhere, and give them to --noted next time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--noted", metavar="NUMBER:HASH", help="what an earlier run printed")
        parser.add_argument(
            "--state", action="store_true", help="rebuild the state of all subjects from the log, and compare"
        )

        parser.add_argument(
            "--rebuild", action="store_true", help="make all subjects as the log says, if the log is as it was written"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the log, then, if asked for, through what it is about."""
        noted = noted_head(options["noted"]) if options["noted"] else None
        count, findings = verify_log(noted=noted)
        problems = [str(finding) for finding in findings]
        if options["rebuild"] and not problems:
            for difference in rebuild():
                self.stdout.write(f"rebuilt: {difference}")
        if options["state"] or options["rebuild"]:
            problems += map(str, differences())
        for problem in problems:
            self.stdout.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} findings in {count} rows")
        head = LogHead.objects.first()
        newest = f"; newest {head}" if head and head.number else ""
        agrees = ", and the present state is what they say" if options["state"] or options["rebuild"] else ""
        self.stdout.write(f"{count} rows, all as they were written{agrees}{newest}")
