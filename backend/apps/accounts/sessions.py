"""Sessions: one row a sign-in, holding the id of the one refresh token that is good."""

from collections.abc import Sequence
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts.clients import NOBODY, Client
from apps.accounts.errors import SessionOver
from apps.accounts.models import Session, User
from apps.accounts.tokens import InvalidToken, TokenPair, issue_pair, read_refresh

logger = structlog.get_logger(__name__)

KEEP_ENDED = timedelta(days=30)
"""How long a session that is over stays on record."""


def start_session(
    *, user: User, client: Client = NOBODY, methods: Sequence[str] = ("password",)
) -> tuple[Session, TokenPair]:
    """Sign the user in; whether they may is the caller's question. `methods`: how they proved who they are."""
    now = timezone.now()
    session = Session(
        user=user,
        password_version=user.password_version,
        methods=list(methods),
        user_agent=client.user_agent,
        address=client.address,
        created_at=now,
        confirmed_at=now,
        used_at=now,
        expires_at=now + settings.REFRESH_TOKEN_LIFETIME,
    )
    pair = issue_pair(session)
    session.refresh_id = pair.refresh_id
    session.save(force_insert=True)
    return session, pair


def rotate_session(raw_refresh: str) -> tuple[Session, TokenPair]:
    """Exchange a refresh token for a new pair. A token that was exchanged before ends the session: one of the two
    who hold it stole it. Raises SessionOver for every token that is not, or no longer, good."""
    try:
        claims = read_refresh(raw_refresh)
    except InvalidToken as error:
        raise SessionOver from error
    with transaction.atomic():
        session: Session | None = (
            Session.objects.live()
            .select_for_update(of=("self",))
            .select_related("user")
            .filter(pk=claims.session_id)
            .first()
        )
        if session is None or str(session.user_id) != claims.user_id:
            raise SessionOver
        if session.refresh_id == claims.token_id:
            return session, _rotate(session)
        _end(session)
    logger.warning("session.replayed", session=str(session.pk), user_id=session.user_id)
    raise SessionOver


def _rotate(session: Session) -> TokenPair:
    pair = issue_pair(session)
    now = timezone.now()
    session.refresh_id = pair.refresh_id
    session.used_at = now
    session.expires_at = now + settings.REFRESH_TOKEN_LIFETIME
    session.save(update_fields=["refresh_id", "used_at", "expires_at"])
    return pair


def end_session(session: Session) -> None:
    """Sign out: neither token of the session is good any more. Ending it again changes nothing."""
    Session.objects.filter(pk=session.pk, ended_at__isnull=True).update(ended_at=timezone.now())


def end_session_of(raw_refresh: str) -> None:
    """Sign out with a refresh token; one that means nothing (any more) is ignored."""
    try:
        claims = read_refresh(raw_refresh)
    except InvalidToken:
        return
    Session.objects.filter(pk=claims.session_id, user_id=claims.user_id, ended_at__isnull=True).update(
        ended_at=timezone.now()
    )


def end_all_sessions(user: User) -> int:
    """End every session of the account; returns how many stood."""
    return int(Session.objects.filter(user=user, ended_at__isnull=True).update(ended_at=timezone.now()))


def forget_old_sessions() -> int:
    """Delete sessions that have been over for a month; returns how many rows."""
    limit = timezone.now() - KEEP_ENDED
    ended, _ = Session.objects.filter(ended_at__lt=limit).delete()
    expired, _ = Session.objects.filter(expires_at__lt=limit).delete()
    return int(ended + expired)


def _end(session: Session) -> None:
    session.ended_at = timezone.now()
    session.save(update_fields=["ended_at"])
