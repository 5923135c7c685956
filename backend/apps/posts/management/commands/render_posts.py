"""`manage.py render_posts`: what readers get of each post and page, made anew by the present rules."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from apps.posts.services.rerendering import BATCH, outdated_posts, rerender_posts


class Command(BaseCommand):
    help = (
        "Render the posts whose HTML was made by older rules, and the pages. No version, date or event changes. "
        "It may be interrupted at any time and goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="all posts, by whatever rules they were rendered")
        parser.add_argument("--after", type=int, default=0, metavar="ID", help="go on after the post with this id")
        parser.add_argument("--batch", type=int, default=BATCH, metavar="N", help=f"posts at once (default {BATCH})")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the posts and say how far it has come, then through the pages."""
        everything, after = options["all"], options["after"]
        total = outdated_posts(everything=everything, after=after).count()
        seen = changed = 0
        for step in rerender_posts(everything=everything, after=after, batch=max(1, options["batch"])):
            seen, changed = seen + step.seen, changed + step.changed
            self.stdout.write(f"{seen} of {total} posts, up to id {step.last}")
        self.stdout.write(f"{seen} posts rendered, {changed} of them read otherwise now")
        call_command("render_pages", stdout=self.stdout)
