"""`manage.py work`: the worker of the embedded shape. Drains the outbox and runs the periodic jobs until stopped."""

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections

from apps.common import outbox, periodic


class Command(BaseCommand):
    help = "Carry out what the outbox holds and run periodic jobs, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due and return")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks (default 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()

        def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
            stop.set()

        if not options["once"]:
            signal.signal(signal.SIGTERM, ask_to_stop)
            signal.signal(signal.SIGINT, ask_to_stop)
        while not stop.is_set():
            self._look()
            if options["once"]:
                return
            stop.wait(options["interval"])

    def _look(self) -> None:
        try:
            periodic.run_due()
            outbox.drain()
        except OperationalError as error:
            self.stderr.write(f"The database is away, trying again: {error}")
        finally:
            close_old_connections()
