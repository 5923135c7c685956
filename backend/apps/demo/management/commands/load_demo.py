"""`manage.py load_demo`: a publication to look at, with people, posts and discussions."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.demo.services import DemoAccount, load_publication
from apps.posts.models import Post
from apps.site.services import get_site

_ADMIN_ROLES = {"admin", "editor", "moderator"}


class Command(BaseCommand):
    help = "Load the demo publication into an empty database and print its accounts, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, silently, where there are posts already"
        )
        parser.add_argument(
            "--password-file", type=Path, metavar="PATH", help="write the accounts as JSON, readable by nobody else"
        )
        parser.add_argument(
            "--seed-password", metavar="PASSWORD", help="one password for all accounts; for tests and DEBUG only"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse where a demo would do harm, load it, say who can sign in."""
        if settings.PRODUCTION:
            raise CommandError(
                "The demo publication is never loaded in production: it would publish invented people with accounts "
                "on your site. Use a database of its own and the development settings."
            )
        if options["seed_password"] and not (settings.TESTING or settings.DEBUG):
            raise CommandError("--seed-password gives every account the same password. It needs DEBUG=1.")
        if Post.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("There are posts in this database already. The demo is loaded into an empty one only.")
        accounts = load_publication(password=options["seed_password"])
        if options["password_file"]:
            write_accounts(options["password_file"], accounts)
        self.stdout.write(describe(accounts))


def describe(accounts: list[DemoAccount]) -> str:
    """The accounts as a table for people."""
    names = max(len(account.username) for account in accounts)
    passwords = max(len(account.password) for account in accounts)
    lines = [
        f"Demo publication “{get_site().name}”. Its accounts; the passwords are shown this once and kept nowhere:",
        "",
        f"  {'account':<{names}}   {'password':<{passwords}}   role",
        f"  {'─' * names}   {'─' * passwords}   {'─' * 22}",
    ]
    for account in accounts:
        role = f"{account.role}, also /admin/" if account.role in _ADMIN_ROLES else account.role
        lines.append(f"  {account.username:<{names}}   {account.password:<{passwords}}   {role}")
    return "\n".join(lines)


def write_accounts(path: Path, accounts: list[DemoAccount]) -> None:
    """Write the accounts as JSON with mode 0600, also over a file that was open to others."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(descriptor, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"accounts": [asdict(account) for account in accounts]}, file, ensure_ascii=False, indent=2)
