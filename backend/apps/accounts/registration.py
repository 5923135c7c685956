"""New accounts: made at once, or, where addresses are verified, when the code from the mail comes."""

import structlog
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.challenges import Purpose, open_challenge, send_code
from apps.accounts.clients import NOBODY, Client, remembered
from apps.accounts.errors import RegistrationClosed, RegistrationRefused
from apps.accounts.guessing import count_code
from apps.accounts.models import Challenge, User
from apps.accounts.roles import Role
from apps.accounts.security_log import Kind, log_event
from apps.accounts.services import assign_roles
from apps.accounts.validators import is_reserved
from apps.common import outbox
from apps.site.services import get_site

logger = structlog.get_logger(__name__)

Problem = tuple[str, str, str]
"""Field, message, code."""

REGISTERED = "accounts.registered"


def register_account(
    *, username: str, email: str, password: str, display_name: str = "", client: Client = NOBODY
) -> User:
    """Make a reader's account, and see that they are welcomed.

    Raises RegistrationClosed, or RegistrationRefused with a row for each value that cannot be had.
    """
    _require_open()
    account = User(username=username, email=User.objects.normalize_email(email), display_name=display_name)
    _refuse([*_reserved(account), *_taken(account), *password_problems(password, account)])
    account.set_password(password)
    return _save(account, client)


def begin_registration(
    *, username: str, email: str, password: str, display_name: str = "", client: Client = NOBODY
) -> str:
    """Keep what a new account needs until the code from the mail comes; returns the token of that step.

    Whether there is an account with this address is not looked at here but by whoever sends the mail, so that neither
    the answer nor its time can tell. Usernames are public: for them it is said at once.
    """
    _require_open()
    account = User(username=username, email=User.objects.normalize_email(email), display_name=display_name)
    _refuse([*_reserved(account), *_username_taken(account), *password_problems(password, account)])
    count_code(name=account.email, client=client)
    data = {
        "username": username,
        "display_name": display_name,
        "password": make_password(password),
        "methods": ["password"],
        "from": remembered(client),
    }
    with transaction.atomic():
        challenge, token = open_challenge(purpose=Purpose.SIGN_UP, email=account.email, data=data)
        send_code(challenge)
    return token


def finish_registration(challenge: Challenge, client: Client) -> User:
    """Make the account of a sign-up whose code was right. Call it in the transaction that closes the step.

    Raises RegistrationRefused when the name was taken while the mail was on its way.
    """
    _require_open()
    kept = challenge.data
    account = User(
        username=kept["username"], email=challenge.email, display_name=kept["display_name"], password=kept["password"]
    )
    _refuse(_taken(account))
    account.email_verified_at = timezone.now()
    Challenge.objects.filter(pk=challenge.pk).update(user=_save(account, client), data={})
    return account


def _require_open() -> None:
    if not get_site().registration_open:
        raise RegistrationClosed("Registration is closed at the moment.")


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise RegistrationRefused(problems)


def _save(account: User, client: Client) -> User:
    try:
        with transaction.atomic():
            account.save(force_insert=True)
            log_event(user=account, kind=Kind.SIGNED_UP, client=client)
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
    if is_reserved(account.username):
        return [("username", "This username is reserved. Choose another.", "reserved")]
    return []


def _taken(account: User) -> list[Problem]:
    problems = _username_taken(account)
    if User.objects.identified_by(account.email).exists():
        problems.append(("email", "There is an account with this e-mail address.", "taken"))
    return problems


def _username_taken(account: User) -> list[Problem]:
    if User.objects.named(account.username).exists():
        return [("username", "This username is taken.", "taken")]
    return []


def create_admin(*, username: str, email: str, password: str) -> tuple[User, bool]:
    """The account of an owner, and whether it was made now: one that is there and is an admin stays as it is.

    Raises ValidationError for a malformed name or address, RegistrationRefused for what cannot be had.
    """
    present = User.objects.named(username).first()
    if present is not None and present.is_superuser:
        return present, False
    account = User(
        username=username,
        email=User.objects.normalize_email(email),
        email_verified_at=timezone.now(),  # whoever runs the server vouches for it
        is_superuser=True,
        is_staff=True,
    )
    account.clean_fields(exclude=["password"])
    problems = [*_taken(account), *password_problems(password, account)]
    if problems:
        raise RegistrationRefused(problems)
    account.set_password(password)
    with transaction.atomic():
        account.save(force_insert=True)
        assign_roles(user=account, roles=[Role.ADMIN])
    return account, True
