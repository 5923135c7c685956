"""`manage.py recount_followers`: count anew who follows whom. A job does it once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.accounts.relations import recount_followers


class Command(BaseCommand):
    help = "Count followers anew and correct every follower_count that is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{recount_followers()} counters were wrong.")
