"""`manage.py create_admin`: the first account of an installation.

manage.py create_admin --username ada --email ada@example.org      asks for the password
ADMIN_USERNAME=… ADMIN_EMAIL=… ADMIN_PASSWORD=… manage.py create_admin --no-input
"""

import getpass
import os
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.errors import RegistrationRefused
from apps.accounts.registration import create_admin


class Command(BaseCommand):
    help = "Make an account that may do everything. Run it again with the same username: it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", help="or the environment's ADMIN_USERNAME")
        parser.add_argument("--email", help="or the environment's ADMIN_EMAIL")
        parser.add_argument(
            "--password", help="better in the environment's ADMIN_PASSWORD, which the process list does not show"
        )
        parser.add_argument("--no-input", action="store_false", dest="interactive", help="never ask")

    def handle(self, *args: Any, **options: Any) -> None:
        values = {name: self._value(name, options) for name in ("username", "email", "password")}
        try:
            account, created = create_admin(**values)
        except RegistrationRefused as error:
            raise CommandError(error.message) from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        if created:
            self.stdout.write(f"{account.username} may sign in at /admin/ now.")
        else:
            self.stdout.write(f"{account.username} is an admin already; nothing was changed.")

    def _value(self, name: str, options: dict[str, Any]) -> str:
        value = options[name] or os.environ.get(f"ADMIN_{name.upper()}", "")
        if value:
            return str(value)
        if not options["interactive"]:
            raise CommandError(f"Give --{name} or set ADMIN_{name.upper()}.")
        if name != "password":
            return input(f"{name}: ").strip()
        value = getpass.getpass("password: ")
        if value != getpass.getpass("password again: "):
            raise CommandError("The two passwords differ.")
        return value
