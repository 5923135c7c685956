"""Leaving: asking for one's account to be deleted, and taking that back. The deletion itself is `profiles.deletion`."""

from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts.api_tokens import revoke_all_tokens
from apps.accounts.clients import NOBODY, Client
from apps.accounts.models import Session, User
from apps.accounts.security_log import Kind, log_event
from apps.accounts.sessions import end_all_sessions
from apps.common import outbox
from apps.common.errors import InvalidState

DELETION_ASKED = "accounts.deletion_asked"
DELETION_UNDONE = "accounts.deletion_undone"


class Fate(StrEnum):
    """What becomes of what somebody wrote: it stays under a name that says nothing, or it goes."""

    KEEP = "keep"
    REMOVE = "remove"


@transaction.atomic
def ask_for_deletion(
    *,
    user: User,
    posts: Fate = Fate.KEEP,
    comments: Fate = Fate.KEEP,
    client: Client = NOBODY,
    session: Session | None = None,
    by: User | None = None,
) -> User:
    """Have the account deleted after DELETION_DELAY. Until then it stays as it is, its owner can sign in and undo this.

    All sessions but `session` end, those of the Django admin among them, and API tokens are revoked. Asked again, the
    choice is replaced and the time stays. Raises InvalidState for the last superuser.
    """
    if user.is_superuser:  # of two who leave at once, the second one has to see the first
        list(User.objects.filter(is_superuser=True).select_for_update(no_key=True).order_by("pk").values_list("pk"))
    account: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    _refuse_last_superuser(account)
    choice = {"posts": Fate(posts).value, "comments": Fate(comments).value}
    is_new = account.deletion_due_at is None
    if not is_new and choice == account.deletion_choice:
        return account
    account.deletion_due_at = account.deletion_due_at or timezone.now() + settings.DELETION_DELAY
    account.deletion_choice = choice
    account.version += 1
    account.password_version += 1  # ends the admin's sessions too
    account.save(update_fields=["deletion_due_at", "deletion_choice", "version", "password_version"])
    end_all_sessions(account, but=session.pk if session else None)
    if session is not None:
        Session.objects.filter(pk=session.pk).update(password_version=account.password_version)
    revoke_all_tokens(account)
    detail = f"posts: {choice['posts']}, comments: {choice['comments']}"
    log_event(user=account, kind=Kind.DELETION_ASKED, client=client, detail=detail, by=by)
    if is_new:
        due_at = account.deletion_due_at.isoformat()
        by_staff = by is not None and by.pk != account.pk
        outbox.record(DELETION_ASKED, {"user_id": account.pk, "due_at": due_at, "by_staff": by_staff})
    return account


@transaction.atomic
def keep_account(*, user: User, client: Client = NOBODY, by: User | None = None) -> User:
    """Take it back; where nothing was asked for, nothing changes. Raises InvalidState once the time has come."""
    account: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    due_at = account.deletion_due_at
    if account.deleted_at is not None or (due_at is not None and due_at <= timezone.now()):
        raise InvalidState("It is too late: this account is being deleted.")
    if due_at is None:
        return account
    account.deletion_due_at, account.deletion_choice = None, {}
    account.version += 1
    account.save(update_fields=["deletion_due_at", "deletion_choice", "version"])
    log_event(user=account, kind=Kind.DELETION_UNDONE, client=client, by=by)
    outbox.record(DELETION_UNDONE, {"user_id": account.pk, "due_at": due_at.isoformat()})
    return account


def _refuse_last_superuser(account: User) -> None:
    others = User.objects.filter(is_superuser=True, is_active=True, deletion_due_at__isnull=True)
    if account.is_superuser and not others.exclude(pk=account.pk).exists():
        raise InvalidState("You are the last superuser. Make somebody else one first, in the admin.")
