"""What people do with their own password."""

from collections.abc import Sequence

from django.db import transaction

from apps.accounts.clients import Client
from apps.accounts.errors import RegistrationRefused, WrongPassword
from apps.accounts.guessing import count_try, forgive
from apps.accounts.models import User
from apps.accounts.registration import password_problems
from apps.accounts.services import change_password
from apps.accounts.sessions import start_session
from apps.accounts.tokens import TokenPair


def require_password(*, user: User, given: str, client: Client, field: str = "current_password") -> None:
    """Raise WrongPassword at the field unless it is the account's. Tries count as those of signing in do, against the
    same limit, and raise TooManyAttempts."""
    address = client.address or ""
    count_try(name=user.username, address=address, mark=client.mark)
    if not user.check_password(given):
        raise WrongPassword(field=field)
    forgive(user=user, name=user.username, address=address, mark=client.mark)


def change_own_password(*, user: User, password: str, methods: Sequence[str], client: Client) -> TokenPair:
    """Set another password and begin a new session in the place of all others; `methods` of its proof.

    `user` is the account as it was when the old password was checked: of two changes at once one comes too late and
    raises SessionOver. Raises RegistrationRefused for a password that is not good enough.
    """
    problems = password_problems(password, user)
    if problems:
        raise RegistrationRefused(problems)
    with transaction.atomic():
        account = change_password(user=user, password=password, client=client, expected=user.password_version)
        _, tokens = start_session(user=account, client=client, methods=methods)
    return tokens
