"""`manage.py render_pages`: what readers get of each page, made anew by the present rules."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.pages.services import rerender_pages


class Command(BaseCommand):
    help = "Render all pages by the present rules. No version, date or event changes."

    def handle(self, *args: Any, **options: Any) -> None:
        """Render, and say how many there were."""
        seen, changed = rerender_pages()
        self.stdout.write(f"{seen} pages rendered, {changed} of them read otherwise now")
