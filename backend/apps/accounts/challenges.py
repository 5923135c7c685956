"""Opening and closing steps that wait for a proof.

challenge, token = open_challenge(purpose=Purpose.RESET_PASSWORD, user=user, email=email)   # token → the client
send_code(challenge)
challenge = take_try(token, Purpose.RESET_PASSWORD)     # counts the try, whatever comes of it
require_code(challenge, given)                          # or another proof
close_challenge(challenge)                              # of many at once, one gets through
"""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from apps.accounts.codes import is_right
from apps.accounts.errors import ChallengeOver, TooManyCodes, WrongCode
from apps.accounts.models import Challenge, User
from apps.common import outbox

Purpose = Challenge.Purpose

CODE_WANTED = "accounts.code_wanted"
KEEP_OVER = timedelta(days=7)


def open_challenge(
    *, purpose: Purpose, user: User | None = None, email: str = "", data: dict[str, Any] | None = None
) -> tuple[Challenge, str]:
    """Begin a step; returns its row and the token that whoever ends it has to show."""
    secret = secrets.token_urlsafe(24)
    challenge = Challenge.objects.create(
        secret_digest=_digest(secret),
        purpose=purpose,
        user=user,
        email=email,
        data=data or {},
        expires_at=timezone.now() + settings.CODE_LIFETIME,
    )
    return challenge, f"{challenge.pk.hex}.{secret}"


def find_challenge(token: str, *purposes: Purpose) -> Challenge:
    """The open step that the token belongs to; raises ChallengeOver for every other."""
    name, _, secret = token.partition(".")
    try:
        key = UUID(hex=name)
    except ValueError as error:
        raise ChallengeOver from error
    # Without the account's row: loading it for those that exist would take longer than for those that do not.
    row = Challenge.objects.filter(pk=key, purpose__in=purposes).first()
    if row is None or not hmac.compare_digest(row.secret_digest, _digest(secret)):
        raise ChallengeOver
    if row.used_at is not None or row.expires_at <= timezone.now() or row.tries >= settings.CODE_MAX_TRIES:
        raise ChallengeOver
    return row


def take_try(token: str, *purposes: Purpose) -> Challenge:
    """The open step, with one more try counted. Call it outside of transactions: a try stays counted."""
    challenge = find_challenge(token, *purposes)
    counted = Challenge.objects.filter(pk=challenge.pk, tries__lt=settings.CODE_MAX_TRIES, used_at__isnull=True)
    if not counted.update(tries=F("tries") + 1):
        raise ChallengeOver
    challenge.tries += 1
    return challenge


def require_code(challenge: Challenge, given: str, *, to: str = "", field: str = "code") -> None:
    """Raise WrongCode at the field unless this is the code that was sent last (to `to`, where there are several)."""
    if not challenge.sends or not is_right(given, challenge, to=to):
        raise WrongCode(field=field, tries_left=settings.CODE_MAX_TRIES - challenge.tries)


def close_challenge(challenge: Challenge) -> None:
    """The proof was right: nobody can use the step again. Raises ChallengeOver for whoever comes second."""
    if not Challenge.objects.filter(pk=challenge.pk, used_at__isnull=True).update(used_at=timezone.now()):
        raise ChallengeOver


def close_challenges_of(user: User) -> None:
    """Void every step of the account that is still open: what was proved for it counts no longer."""
    Challenge.objects.filter(user=user, used_at__isnull=True).update(used_at=timezone.now())


def send_code(challenge: Challenge) -> None:
    """Send a (new) code by the outbox; earlier ones are void. The mail's subscriber decides who gets what, so that
    here the same happens for accounts that exist and those that do not. Raises TooManyCodes."""
    rows = Challenge.objects.filter(pk=challenge.pk, sends__lt=settings.CODE_MAX_SENDS, used_at__isnull=True)
    if not rows.update(sends=F("sends") + 1):
        raise TooManyCodes
    challenge.sends += 1
    outbox.record(CODE_WANTED, {"challenge_id": str(challenge.pk), "send": challenge.sends})


def forget_old_challenges() -> int:
    """Delete steps that have been over for a week, sign-ups that nobody finished among them; returns how many rows.

    What anybody can begin without a name, by opening the sign-in page, goes as soon as it is over."""
    now = timezone.now()
    over = Q(expires_at__lt=now - KEEP_OVER) | Q(purpose=Purpose.SIGN_IN_PASSKEY, expires_at__lt=now)
    deleted, _ = Challenge.objects.filter(over).delete()
    return int(deleted)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
