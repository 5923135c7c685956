"""How people want to hear of things."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from apps.accounts.models import User
from apps.notifications.models import Kind, Notification, Preference

Mail = Preference.Mail


@dataclass(frozen=True)
class Wish:
    """In the inbox or not, and by which mail."""

    web: bool = True
    mail: str = Mail.NONE

    @property
    def is_silence(self) -> bool:
        return not self.web and self.mail == Mail.NONE

    @property
    def first_state(self) -> str:
        """What a new notification says of its mail."""
        states = {Mail.NOW: Notification.Mail.NOW, Mail.DAILY: Notification.Mail.DIGEST}
        return str(states.get(Mail(self.mail), Notification.Mail.NONE))


DEFAULTS: dict[str, Wish] = {
    Kind.REPLY: Wish(mail=Mail.NOW),
    Kind.MENTION: Wish(mail=Mail.NOW),
    Kind.WEBMENTION: Wish(mail=Mail.DAILY),
    Kind.LIKE: Wish(mail=Mail.NONE),
    Kind.POST: Wish(mail=Mail.DAILY),
    Kind.DECISION: Wish(mail=Mail.NOW),
    Kind.REPORT: Wish(mail=Mail.DAILY),
}
"""For whoever has chosen nothing."""


def wish_of(recipient_id: int, kind: str) -> Wish:
    """What one person wants of one kind."""
    return wishes_of([recipient_id], kind)[recipient_id]


def wishes_of(recipients: Iterable[int], kind: str) -> dict[int, Wish]:
    """What each of these people wants of one kind: one query."""
    chosen = Preference.objects.filter(user__in=(ids := list(recipients)), kind=kind)
    rows = {user: Wish(web, mail) for user, web, mail in chosen.values_list("user_id", "web", "mail")}
    return {pk: rows.get(pk, DEFAULTS[kind]) for pk in ids}


def all_wishes(user: User) -> dict[str, Wish]:
    """What somebody wants of each kind, in the order of kinds."""
    rows = Preference.objects.filter(user=user).values_list("kind", "web", "mail")
    chosen = {kind: Wish(web, mail) for kind, web, mail in rows}
    return {kind: chosen.get(kind, DEFAULTS[kind]) for kind in Kind.values}


@transaction.atomic
def set_wish(*, user: User, kind: str, web: bool | None = None, mail: str | None = None) -> None:
    """Change what is given and leave the rest. Mails of that kind which are still to go follow the new wish."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    old = wish_of(user.pk, kind)
    new = Wish(old.web if web is None else web, old.mail if mail is None else mail)
    Preference.objects.update_or_create(user=user, kind=kind, defaults={"web": new.web, "mail": new.mail})
    if new.mail == Mail.NONE:
        waiting = [Notification.Mail.NOW, Notification.Mail.DIGEST]
        Notification.objects.filter(recipient=user, kind=kind, mail__in=waiting).update(mail=Notification.Mail.NONE)
