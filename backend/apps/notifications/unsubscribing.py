"""Ending mails without signing in: what the link in each of them carries, and what it does."""

from django.core.signing import BadSignature, Signer
from django.db import transaction

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.notifications.models import Kind, Preference
from apps.notifications.preferences import all_wishes, set_wish

ALL = "all"
DAILY = "daily"
"""All that comes once a day."""
CHOICES = [*Kind.values, ALL, DAILY]


class BadToken(DomainError):
    status = 404
    code = "not_found"
    title = "There is nothing here"


def token_for(user_id: int, kind: str) -> str:
    """Lets whoever has it end this person's mails of one kind, or all of them, and do nothing else. It does not expire:
    mails are kept for years."""
    return _signer().sign(f"{user_id}.{kind}")


@transaction.atomic
def unsubscribe(token: str) -> str:
    """End the mails that the token names, once or again; answers the kind. Raises BadToken."""
    user_id, kind = _read(token)
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise BadToken("The account that this link was made for is gone.")
    for each, wish in all_wishes(user).items():
        if kind in {each, ALL} or (kind == DAILY and wish.mail == Preference.Mail.DAILY):
            set_wish(user=user, kind=each, mail=Preference.Mail.NONE)
    return kind


def _read(token: str) -> tuple[int, str]:
    try:
        user_id, _, kind = _signer().unsign(token).partition(".")
    except BadSignature as error:
        raise BadToken("This link is not complete. Take all of it from the mail.") from error
    if kind not in CHOICES:
        raise BadToken("There are no such mails any more.")
    return int(user_id), kind


def _signer() -> Signer:
    return Signer(sep=".", salt="apps.notifications.unsubscribing")
