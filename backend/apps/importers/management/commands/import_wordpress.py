"""`manage.py import_wordpress FILE`: take over the content of a WordPress site."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from apps.accounts.models import User
from apps.importers.progress import Progress
from apps.importers.wordpress.errors import ImportStopped
from apps.importers.wordpress.importing import WordPressImport


def _spare_memory() -> None:
    """SQLite maps its file into memory for speed: right for a server, wrong for a long run through a large file."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size=0")
            cursor.execute("PRAGMA cache_size=-8000")


class Command(BaseCommand):
    help = (
        "Import authors, posts, pages, categories, tags, comments and the list of attachments from a WordPress export "
        "(Tools → Export → All content). It can be repeated: what was imported before is left as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the export, an .xml file")
        parser.add_argument("--json", action="store_true", help="print the summary as JSON")
        parser.add_argument(
            "--author",
            action="append",
            default=[],
            metavar="LOGIN=USERNAME",
            help="give the posts of this WordPress author to an existing account (repeatable)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        run = WordPressImport(path, mapping=self._mapping(options["author"]))
        quiet = options["verbosity"] < 1
        _spare_memory()
        progress = Progress(2 * path.stat().st_size, None if quiet else self._show, is_terminal=self.stderr.isatty())
        try:
            run.run(progress)
        except ImportStopped as error:
            progress.close()
            if run.summary.site:
                self._report(run, as_json=options["json"])
                raise CommandError(f"{path.name}: {error} What came before it was kept.") from error
            raise CommandError(f"{path.name}: {error}") from error
        progress.close()
        self._report(run, as_json=options["json"])

    def _report(self, run: WordPressImport, *, as_json: bool) -> None:
        summary = run.summary
        if as_json:
            self.stdout.write(json.dumps({"file": str(run.path), **summary.as_data()}, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(f"{run.path.name}: {summary.site}, WXR {summary.version}\n\n{summary.as_table()}")

    def _show(self, text: str, ending: str) -> None:
        self.stderr.write(text, style_func=str, ending=ending)
        self.stderr.flush()

    def _mapping(self, pairs: list[str]) -> dict[str, User]:
        mapping = {}
        for pair in pairs:
            login, _, username = pair.partition("=")
            user = User.objects.named(username).first() if login and username else None
            if user is None:
                raise CommandError(f"--author {pair}: write LOGIN=USERNAME with the username of an account here.")
            mapping[login] = user
        return mapping
