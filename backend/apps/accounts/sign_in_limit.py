"""The limit on failed sign-ins, by account and by address. It lives in the database, so it holds with the cache away.

A try is counted before the password is looked at and taken back when it was right, so that many tries at once cannot
slip past the limit. What is counted is the name that was typed, whether there is such an account or not.
"""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from apps.accounts.models import SignInFailure, User
from apps.common.errors import TooManyAttempts
from apps.common.throttling import address_block


def account_subject(name: str) -> str:
    return _digest(f"account:{name.strip().lower()}")


def address_subject(address: str) -> str:
    return _digest(f"address:{address_block(address)}")


def _digest(text: str) -> str:
    """Keyed, so that the table tells nobody who tried what."""
    return salted_hmac("apps.accounts.sign_in_limit", text, algorithm="sha256").hexdigest()


@transaction.atomic
def count_try(*, name: str, address: str) -> None:
    """Count one try; raises TooManyAttempts, counting nothing, when one of the two limits is used up."""
    _count_one(account_subject(name))
    if address:
        _count_one(address_subject(address))


def _count_one(subject: str) -> None:
    now = timezone.now()
    window_ends_at = now + settings.SIGN_IN_FAILURE_WINDOW
    rows = SignInFailure.objects.filter(subject=subject)
    # Each statement is atomic and locks the row; a second round is for those who lost the race to insert it.
    for _ in range(3):
        if rows.filter(window_ends_at__gt=now).update(count=F("count") + 1):
            break
        if rows.filter(window_ends_at__lte=now).update(count=1, window_ends_at=window_ends_at):
            break
        try:
            with transaction.atomic():
                SignInFailure.objects.create(subject=subject, count=1, window_ends_at=window_ends_at)
            break
        except IntegrityError:
            continue
    failure = rows.get()
    if failure.count > settings.SIGN_IN_MAX_FAILURES:
        raise TooManyAttempts(max(1, round((failure.window_ends_at - now).total_seconds())))


@transaction.atomic
def forgive(*, user: User, name: str, address: str) -> None:
    """The password was right: the account starts anew, the address gets this one try back (not its failures at
    other accounts, or a guesser would sign in to an account of their own now and then)."""
    subjects = {account_subject(text) for text in (name, user.username, user.email)}
    SignInFailure.objects.filter(subject__in=subjects).delete()
    if address:
        SignInFailure.objects.filter(subject=address_subject(address), count__gt=0).update(count=F("count") - 1)


def forget_old_failures() -> int:
    """Delete windows that are over; returns how many rows."""
    deleted, _ = SignInFailure.objects.filter(window_ends_at__lte=timezone.now()).delete()
    return int(deleted)
