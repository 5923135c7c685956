"""New accounts."""

import structlog
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from apps.accounts.errors import RegistrationClosed, RegistrationRefused
from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.accounts.services import assign_roles
from apps.accounts.validators import RESERVED_USERNAMES
from apps.common import outbox
from apps.site.services import get_site

logger = structlog.get_logger(__name__)

Problem = tuple[str, str, str]
"""Field, message, code."""

REGISTERED = "accounts.registered"


def register_account(*, username: str, email: str, password: str, display_name: str = "") -> User:
    """Make a reader's account, and see that they are welcomed.

    Raises RegistrationClosed, or RegistrationRefused with a row for each value that cannot be had.
    """
    if not get_site().registration_open:
        raise RegistrationClosed("Registration is closed at the moment.")
    account = User(username=username, email=User.objects.normalize_email(email), display_name=display_name)
    problems = [*_reserved(account), *_taken(account), *password_problems(password, account)]
    if problems:
        raise RegistrationRefused(problems)
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
            outbox.record(REGISTERED, {"user_id": account.pk})
    except IntegrityError:
        # Somebody took the name between the look and the insert; the constraint held.
        problems = _taken(account)
        if not problems:
            raise
        raise RegistrationRefused(problems) from None
    logger.info("accounts.registered", user_id=account.pk)
    return account


def password_problems(password: str, account: User) -> list[Problem]:
    """What Django's password validators have against it."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        return [("password", " ".join(row.messages), row.code or "invalid") for row in error.error_list]
    return []


def _reserved(account: User) -> list[Problem]:
    if account.username.lower() in RESERVED_USERNAMES:
        return [("username", "This username is reserved. Choose another.", "reserved")]
    return []


def _taken(account: User) -> list[Problem]:
    problems = []
    if User.objects.named(account.username).exists():
        problems.append(("username", "This username is taken.", "taken"))
    if User.objects.identified_by(account.email).exists():
        problems.append(("email", "There is an account with this e-mail address.", "taken"))
    return problems


def create_admin(*, username: str, email: str, password: str) -> tuple[User, bool]:
    """The account of an owner, and whether it was made now: one that is there and is an admin stays as it is.

    Raises ValidationError for a malformed name or address, RegistrationRefused for what cannot be had.
    """
    present = User.objects.named(username).first()
    if present is not None and present.is_superuser:
        return present, False
    account = User(username=username, email=User.objects.normalize_email(email), is_superuser=True, is_staff=True)
    account.clean_fields(exclude=["password"])
    problems = [*_taken(account), *password_problems(password, account)]
    if problems:
        raise RegistrationRefused(problems)
    account.set_password(password)
    with transaction.atomic():
        account.save(force_insert=True)
        assign_roles(user=account, roles=[Role.ADMIN])
    return account, True
