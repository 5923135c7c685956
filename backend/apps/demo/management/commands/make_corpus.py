"""`manage.py make_corpus`: many posts and comments, for measuring."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.demo.corpus import CorpusSize, make_corpus
from apps.posts.models import Post


class Command(BaseCommand):
    help = "Fill the database with posts and comments that look like real ones, the same for the same seed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--posts", type=int, required=True)
        parser.add_argument("--comments", type=int, required=True)
        parser.add_argument("--authors", type=int, default=40)
        parser.add_argument("--tags", type=int, default=60)
        parser.add_argument("--categories", type=int, default=12)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--yes-really", action="store_true", help="in production, or beside posts that exist")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("posts", "comments", "authors", "tags", "categories", "seed")
        size = CorpusSize(**{name: options[name] for name in names})
        if min(size.posts, size.comments, size.tags, size.categories) < 0 or size.authors < 1:
            raise CommandError("Numbers must be positive, and there must be at least one author.")
        if settings.PRODUCTION and not options["yes_really"]:
            raise CommandError("This is production. Say --yes-really to fill it with made-up posts.")
        if Post.objects.exists() and not options["yes_really"]:
            raise CommandError("There are posts already. Say --yes-really to add to them.")
        started = time.monotonic()

        def report(done: int) -> None:
            self.stdout.write(f"{done:,} posts after {time.monotonic() - started:.0f} s")

        make_corpus(size, report=report)
        self.stdout.write(f"{size.posts:,} posts, {size.comments:,} comments in {time.monotonic() - started:.0f} s")
