"""`manage.py recount_reactions`: count likes and comments anew."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.reactions.services import recount_reactions


class Command(BaseCommand):
    help = "Count likes and comments anew and correct every counter that is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        for what, wrong in recount_reactions().items():
            self.stdout.write(f"{what}: {wrong} corrected")
