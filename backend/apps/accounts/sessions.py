"""Sessions: one row a sign-in, and the family of refresh tokens that follow one another in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts.clients import NOBODY, Client
from apps.accounts.devices import device_name
from apps.accounts.errors import AccountSuspended, SessionOver
from apps.accounts.models import Session, User
from apps.accounts.security_log import Kind, log_event
from apps.accounts.tokens import Claims, InvalidToken, TokenPair, issue_pair, new_refresh_id, read_refresh

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
        refresh_id=new_refresh_id(),
        password_version=user.password_version,
        methods=list(methods),
        user_agent=client.user_agent,
        address=client.address,
        created_at=now,
        confirmed_at=now,
        used_at=now,
        expires_at=_end_of(begun=now, now=now),
    )
    session.save(force_insert=True)
    return session, issue_pair(session)


def refuse_suspended(user: User) -> None:
    """Raises AccountSuspended. The session stays, closed: it opens again when the suspension is over or lifted."""
    if user.is_suspended and user.suspended_until is not None:
        raise AccountSuspended(user.suspended_until)


def rotate_session(raw_refresh: str, *, client: Client = NOBODY) -> tuple[Session, TokenPair]:
    """Exchange a refresh token for the next of its family.

    Within REFRESH_GRACE the token before receives the same successor once more: two tabs that ask at once, an answer
    that was lost. Any other token of the family that comes again was stolen, by one of the two who hold it: the
    family ends and the owner is told. Raises SessionOver for every token that is not, or no longer, good, and
    AccountSuspended, which uses no token up.
    """
    try:
        claims = read_refresh(raw_refresh)
    except InvalidToken as error:
        raise SessionOver from error
    with transaction.atomic():
        session = _locked(claims)
        refuse_suspended(session.user)
        if session.refresh_id == claims.token_id:
            return session, _rotate(session, client)
        if _is_within_grace(session, claims.token_id):
            return session, issue_pair(session)
        _end_replayed(session, client)
    raise SessionOver


def _locked(claims: Claims) -> Session:
    sessions = Session.objects.live().select_for_update(of=("self",)).select_related("user")
    session: Session | None = sessions.filter(pk=claims.session_id).first()
    if session is None or str(session.user_id) != claims.user_id:
        raise SessionOver
    return session


def _is_within_grace(session: Session, refresh_id: str) -> bool:
    if session.rotated_at is None or session.previous_refresh_id != refresh_id:
        return False
    return timezone.now() < session.rotated_at + settings.REFRESH_GRACE


def _rotate(session: Session, client: Client) -> TokenPair:
    now = timezone.now()
    session.previous_refresh_id = session.refresh_id
    session.refresh_id = new_refresh_id()
    session.rotated_at = session.used_at = now
    session.expires_at = _end_of(begun=session.created_at, now=now)
    fields = ["refresh_id", "previous_refresh_id", "rotated_at", "used_at", "expires_at"]
    if client.address:
        session.address = client.address
        fields.append("address")
    if client.user_agent:
        session.user_agent = client.user_agent
        fields.append("user_agent")
    session.save(update_fields=fields)
    return issue_pair(session)


def _end_of(*, begun: datetime, now: datetime) -> datetime:
    """When a session that is used now is over, if it is not used again; at most SESSION_LIFETIME after it began."""
    return min(now + settings.REFRESH_TOKEN_LIFETIME, begun + settings.SESSION_LIFETIME)


def _end_replayed(session: Session, client: Client) -> None:
    session.ended_at = timezone.now()
    session.save(update_fields=["ended_at"])
    log_event(user=session.user, kind=Kind.REFRESH_REPLAYED, client=client, detail=device_name(session.user_agent))
    logger.warning("session.replayed", session=str(session.pk), user_id=session.user_id)


@transaction.atomic
def end_session(session: Session, *, client: Client = NOBODY, kind: Kind = Kind.SIGNED_OUT) -> bool:
    """End it: neither token of the session is good any more. Returns whether it still stood; ending it again changes
    nothing."""
    ended = Session.objects.filter(pk=session.pk, ended_at__isnull=True).update(ended_at=timezone.now())
    if ended:
        log_event(user=session.user, kind=kind, client=client, detail=device_name(session.user_agent))
    return bool(ended)


def end_session_of(raw_refresh: str, *, client: Client = NOBODY) -> None:
    """Sign out with a refresh token; one that means nothing (any more) is ignored."""
    try:
        claims = read_refresh(raw_refresh)
    except InvalidToken:
        return
    rows = Session.objects.filter(pk=claims.session_id, user_id=claims.user_id, ended_at__isnull=True)
    session = rows.select_related("user").first()
    if session is not None:
        end_session(session, client=client)


def end_all_sessions(user: User, *, but: UUID | None = None) -> int:
    """End every session of the account (`but` one); returns how many stood."""
    standing = Session.objects.filter(user=user, ended_at__isnull=True)
    if but is not None:
        standing = standing.exclude(pk=but)
    return int(standing.update(ended_at=timezone.now()))


@transaction.atomic
def sign_out_elsewhere(session: Session, *, client: Client = NOBODY) -> int:
    """End all other sessions of the account, those of the Django admin among them; returns how many of the API stood.

    The admin's sessions are tied to the account's `password_version`, so it is raised, and this session moves along.
    A sign-in that has looked at the account already, but not begun its session, comes too late as well. Raises
    SessionOver for a session that was ended in the same way at the same moment.
    """
    account: User = User.objects.select_for_update(no_key=True).get(pk=session.user_id)
    if not Session.objects.live().filter(pk=session.pk).exists():
        raise SessionOver
    account.password_version += 1
    account.save(update_fields=["password_version"])
    ended = end_all_sessions(account, but=session.pk)
    Session.objects.filter(pk=session.pk).update(password_version=account.password_version)
    session.password_version = session.user.password_version = account.password_version
    log_event(user=account, kind=Kind.SESSIONS_ENDED, client=client)
    return ended


def forget_old_sessions() -> int:
    """Delete sessions that have been over for a month; returns how many rows."""
    limit = timezone.now() - KEEP_ENDED
    ended, _ = Session.objects.filter(ended_at__lt=limit).delete()
    expired, _ = Session.objects.filter(expires_at__lt=limit).delete()
    return int(ended + expired)
