"""The limits on guessing, by account and by address. They live in the database, so they hold with the cache away.

A try is counted before the password is looked at and taken back when it was right, so that many tries at once cannot
slip past the limit. What is counted is the name that was typed, whether there is such an account or not.
"""

from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from apps.accounts.clients import Client
from apps.accounts.known_browsers import browser_known_to
from apps.accounts.models import Session, SignInFailure, User
from apps.common.errors import TooManyAttempts
from apps.common.throttling import address_block

FAMILIAR_FOR = timedelta(days=30)
"""How long an address is remembered as one that the account was used from."""


class Guarded(StrEnum):
    """What is guessed at. Each has its own count, so that whoever guesses passwords does not lock the owner out of the
    code by mail."""

    PASSWORD = "account"  # noqa: S105 - a name; what the rows of passwords have always been counted under
    CODE_BY_MAIL = "code"
    CODE_SENT = "code_sent"
    """No guess: asking for a code to be sent, which fills a mailbox."""
    SECOND_FACTOR = "factor"
    PREVIEW = "preview"
    """The secret of a link to a post that is not public. Counted by address alone."""


def account_subject(name: str, guarded: Guarded = Guarded.PASSWORD, *, mark: str = "") -> str:
    """The count of that name; in a browser that the account knows by `mark`, that browser's own."""
    browser = browser_known_to(name, mark)
    return _digest(f"{guarded}:browser:{browser}" if browser else f"{guarded}:{name.strip().lower()}")


def address_subject(address: str, guarded: Guarded = Guarded.PASSWORD) -> str:
    kind = "address" if guarded is Guarded.PASSWORD else f"address:{guarded}"
    return _digest(f"{kind}:{address_block(address)}")


def _digest(text: str) -> str:
    """Keyed, so that the table tells nobody who tried what."""
    return salted_hmac("apps.accounts.guessing", text, algorithm="sha256").hexdigest()


@transaction.atomic
def count_try(*, name: str = "", address: str = "", guarded: Guarded = Guarded.PASSWORD, mark: str = "") -> None:
    """Count one try; raises TooManyAttempts, counting nothing, when one of the two limits is used up. `name`: what was
    typed, or for a second factor the account's id; what is left out is not counted. `mark`: the client's."""
    most = settings.CODES_PER_WINDOW if guarded is Guarded.CODE_SENT else settings.SIGN_IN_MAX_FAILURES
    if name:
        _count_one(account_subject(name, guarded, mark=mark), most)
    if address:
        _count_one(address_subject(address, guarded), most)


def count_code(*, name: str, client: Client) -> None:
    """Count a code that is about to be sent, by the name that asks for it and by address. Raises TooManyAttempts.

    Strangers who ask for codes in somebody's name all day use up the limit of that name. Its owner is let through
    in a browser and at an address where they have signed in before, within the limits of these.
    """
    address = client.address or ""
    try:
        count_try(name=name, address=address, guarded=Guarded.CODE_SENT, mark=client.mark)
    except TooManyAttempts:
        if not is_familiar(name=name, address=address):
            raise
        count_try(address=address, guarded=Guarded.CODE_SENT)


def is_familiar(*, name: str, address: str) -> bool:
    """Whether the account of that name was signed in at that address (an IPv6 one: in that network) lately."""
    if not address:
        return False
    text = name.strip().lower()
    owner = Q(user__email__lower=text) if "@" in text else Q(user__username__lower=text)
    sessions = Session.objects.filter(owner, used_at__gt=timezone.now() - FAMILIAR_FOR, address__isnull=False)
    block = address_block(address)
    return any(address_block(known or "") == block for known in sessions.values_list("address", flat=True)[:200])


def _count_one(subject: str, most: int) -> None:
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
    if failure.count > most:
        raise TooManyAttempts(max(1, round((failure.window_ends_at - now).total_seconds())))


@transaction.atomic
def forgive(*, user: User, name: str, address: str, guarded: Guarded = Guarded.PASSWORD, mark: str = "") -> None:
    """The proof was right: the account starts anew, the address gets this one try back (not its failures at
    other accounts, or a guesser would sign in to an account of their own now and then)."""
    names = (name, user.username, user.email)
    subjects = {account_subject(text, guarded, mark=given) for text in names for given in ("", mark)}
    SignInFailure.objects.filter(subject__in=subjects).delete()
    if address:
        take_back(address=address, guarded=guarded)


def take_back(*, address: str, guarded: Guarded) -> None:
    """What the address tried was right: that one try does not count."""
    rows = SignInFailure.objects.filter(subject=address_subject(address, guarded), count__gt=0)
    rows.update(count=F("count") - 1)


def forget_old_failures() -> int:
    """Delete windows that are over; returns how many rows."""
    deleted, _ = SignInFailure.objects.filter(window_ends_at__lte=timezone.now()).delete()
    return int(deleted)
