"""What is left of a deleted account: a row without a name, for what was kept to hang on. See `profiles.deletion`."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session as DjangoSession
from django.db import transaction
from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from apps.accounts.failed_sign_ins import SIGN_IN_FAILED
from apps.accounts.models import ApiToken, Block, Challenge, Follow, SecurityEvent, Session, User
from apps.accounts.names import deleted_email, deleted_username
from apps.common.models import IdempotencyRecord, OutboxMessage
from apps.common.outbox import record

DELETED = "accounts.deleted"


@transaction.atomic
def close_account(user: User) -> None:
    """The first step, from which there is no way back: nobody can sign in or act as this account any more."""
    account: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if account.is_active:
        account.is_active = False
        account.password_version += 1
        account.token_version += 1
        account.save(update_fields=["is_active", "password_version", "token_version"])
    Session.objects.filter(user=account).delete()
    ApiToken.objects.filter(user=account).delete()


@transaction.atomic
def scrub_account(user: User) -> None:
    """Remove everything personal from the account and from whatever else names it. Safe to repeat."""
    account: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if account.deleted_at is not None:
        return
    _leave_people(account)
    for rows in (
        Session.objects.filter(user=account),
        ApiToken.objects.filter(user=account),
        SecurityEvent.objects.filter(user=account),
        _challenges_of(account),
        Authenticator.objects.filter(user=account),
        EmailAddress.objects.filter(user=account),
    ):
        rows.delete()
    _forget_admin_sessions(account)
    _forget_what_was_said(account)
    _make_nameless(account)
    record(DELETED, {"user_id": account.pk})


def _challenges_of(account: User) -> QuerySet[Challenge]:
    """Steps of theirs, and those that name them without having found them yet."""
    rows = Challenge.objects.annotate(text=Cast("data", TextField()))
    named = Q(email__iexact=account.email) | Q(text__icontains=account.email) | Q(data__name__iexact=account.username)
    return rows.filter(Q(user=account) | named)


def _leave_people(account: User) -> None:
    """Follow and block nobody, and be followed and blocked by nobody; in a fixed order, so that none deadlock."""
    followed = sorted(Follow.objects.filter(follower=account).values_list("followed_id", flat=True))
    for pk in followed:
        User.objects.filter(pk=pk).update(follower_count=F("follower_count") - 1)
    Follow.objects.filter(Q(follower=account) | Q(followed=account)).delete()
    Block.objects.filter(Q(blocker=account) | Q(blocked=account)).delete()


def _forget_admin_sessions(account: User) -> None:
    for session in DjangoSession.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            session.delete()


def _forget_what_was_said(account: User) -> None:
    """Records of the machinery: the admin's log, remembered answers, and what was sent or is still to be sent."""
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(account.pk))
    entries.update(object_repr=deleted_username(account.pk), change_message="")
    named = Q(text__icontains=account.email)
    answers = IdempotencyRecord.objects.annotate(text=Cast("body", TextField()))
    answers.filter(Q(principal=f"user:{account.pk}") | named).delete()
    OutboxMessage.objects.annotate(text=Cast("payload", TextField())).filter(named).delete()
    # It says from where somebody tried to sign in; one that still waits would become an event of the nameless row.
    OutboxMessage.objects.filter(event=SIGN_IN_FAILED, payload__user_id=account.pk).delete()
    OutboxMessage.objects.filter(last_error__icontains=account.email).update(last_error="")


def _make_nameless(account: User) -> None:
    account.groups.clear()
    account.user_permissions.clear()
    account.set_unusable_password()
    account.username = deleted_username(account.pk)
    account.email = deleted_email(account.pk)
    account.email_verified_at = None
    account.display_name = account.bio = account.avatar_url = account.website = account.language = ""
    account.links = []
    account.follower_count = 0
    account.is_active = account.is_staff = account.is_superuser = account.has_second_factor = False
    account.last_login = account.silenced_until = account.suspended_until = None
    account.deletion_due_at = None
    account.deletion_choice = {}
    account.deleted_at = timezone.now()
    account.version += 1
    account.token_version += 1
    account.save()
