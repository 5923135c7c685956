"""Personal API tokens: made for a program, shown once, good for their scopes until they expire or are revoked."""

import hashlib
import secrets
import string
from collections.abc import Collection
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from apps.accounts.clients import NOBODY, Client
from apps.accounts.errors import TooManyTokens
from apps.accounts.models import ApiToken, User
from apps.accounts.scopes import Scope
from apps.accounts.second_factor import with_lack
from apps.accounts.security_log import Kind, log_event

logger = structlog.get_logger(__name__)

PREFIX = "byline_"
"""What the text of a token begins with, so that people and secret scanners know it when they see it."""
_ALPHABET = string.ascii_letters + string.digits
_LENGTH = 43
"""Characters after the prefix: 256 bits."""
_HINT = 4
USE_NOTED_EVERY = timedelta(minutes=1)
KEEP_OVER = timedelta(days=90)
"""How long a token that is revoked or has expired stays on record."""


def make_token(
    *, user: User, name: str, scopes: Collection[Scope], days: int, client: Client = NOBODY
) -> tuple[ApiToken, str]:
    """A new token and its text, which is kept nowhere. Raises TooManyTokens at the limit of the account."""
    text = PREFIX + "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    now = timezone.now()
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)  # two at once count one another
        if ApiToken.objects.standing().filter(user=user).count() >= settings.API_TOKENS_PER_ACCOUNT:
            raise TooManyTokens(settings.API_TOKENS_PER_ACCOUNT)
        token = ApiToken.objects.create(
            user=user,
            name=name,
            digest=digest_of(text),
            hint=text[-_HINT:],
            scopes=[scope.value for scope in Scope if scope in scopes],
            created_at=now,
            expires_at=now + timedelta(days=min(days, settings.API_TOKEN_MAX_DAYS)),
        )
        log_event(user=user, kind=Kind.TOKEN_MADE, client=client, detail=name)
    return token, text


def revoke_token(*, token: ApiToken, client: Client = NOBODY, by: User | None = None) -> bool:
    """In force with the next request. Returns whether the token stood; `by`: who, if not its owner."""
    with transaction.atomic():
        standing = ApiToken.objects.standing().filter(pk=token.pk)
        stood = bool(standing.update(revoked_at=timezone.now()))
        if stood:
            log_event(user=token.user, kind=Kind.TOKEN_REVOKED, client=client, detail=token.name, by=by)
    return stood


def revoke_all_tokens(user: User) -> int:
    """Revoke whatever the account's owner has given to programs; returns how many tokens stood."""
    return int(ApiToken.objects.standing().filter(user=user).update(revoked_at=timezone.now()))


def find_token(text: str) -> ApiToken | None:
    """The live token of this text, with its owner, and knowing `lacks_second_factor` of them: one query."""
    tokens = with_lack(ApiToken.objects.live().select_related("user"))
    token: ApiToken | None = tokens.filter(digest=digest_of(text)).first()
    return token


def note_use(token: ApiToken, client: Client) -> None:
    """Remember when and from where the token was used: at most one write a minute, however many use it at once.

    A database that takes no writes just now is no reason to refuse a read.
    """
    now = timezone.now()
    if token.last_used_at is not None and token.last_used_at > now - USE_NOTED_EVERY:
        return
    due = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - USE_NOTED_EVERY)
    try:
        with transaction.atomic():
            ApiToken.objects.filter(due, pk=token.pk).update(last_used_at=now, last_used_address=client.address)
    except OperationalError:
        logger.warning("token.use_not_noted", token_id=token.pk)


def forget_old_tokens() -> int:
    """Delete tokens that have been over for long; returns how many rows."""
    limit = timezone.now() - KEEP_OVER
    deleted, _ = ApiToken.objects.filter(Q(revoked_at__lt=limit) | Q(expires_at__lt=limit)).delete()
    return int(deleted)


def digest_of(text: str) -> str:
    """What is stored of a token. Its text is random enough that a plain digest keeps it."""
    return hashlib.sha256(text.encode()).hexdigest()
