"""`manage.py remove_second_factors NAME`: lets in who has lost their phone and their recovery codes.

For the only superuser; everybody else's can be removed in the admin.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.clients import NOBODY
from apps.accounts.factors.removal import remove_all_factors
from apps.accounts.models import User
from apps.common.errors import InvalidState


class Command(BaseCommand):
    help = "Remove the authenticator app, passkeys and recovery codes of an account, and sign it out everywhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the username or the e-mail address")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        user = User.objects.identified_by(name).first()
        if user is None:
            raise CommandError(f"There is no account of the name {name}.")
        try:
            remove_all_factors(user=user, by=None, client=NOBODY)
        except InvalidState as error:
            raise CommandError(error.message) from None
        self.stdout.write(f"{user.username} signs in with the password alone now. Add a second factor again soon.")
