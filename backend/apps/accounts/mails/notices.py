"""Telling owners by mail what happened to their account's security. `security_log.log_event` records what is sent."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise, lazy
from django.utils.timezone import localtime, now
from django.utils.translation import gettext_lazy as _

from apps.accounts.devices import ADDRESS_CLASSES, address_class, device_name
from apps.accounts.mails.kinds import declare
from apps.accounts.mails.sending import device_for_mail, greeting_name, send_mail
from apps.accounts.models import SecurityEvent
from apps.accounts.security_log import SECURITY_NOTED, Kind
from apps.common.outbox import subscribe

Words = str | Promise

WORDS: dict[str, tuple[Words, Words]] = {
    Kind.SIGNED_IN: (
        _("New sign-in to your account"),
        _("Somebody has signed in to your account from a device that we have not seen before."),
    ),
    Kind.REFRESH_REPLAYED: (
        _("A session was ended to protect your account"),
        _("A key that had been replaced was used again. That happens when somebody has copied it, so we have ended the session on this device."),  # noqa: E501
    ),
    Kind.SESSIONS_ENDED: (
        _("You were signed out everywhere"),
        _("All other sessions of your account have been ended."),
    ),
    Kind.EMAIL_CHANGED: (
        _("Your e-mail address was changed"),
        _("The e-mail address of your account has been changed. Mail goes to the new address from now on."),
    ),
    Kind.PASSWORD_CHANGED: (
        _("Your password was changed"),
        _("The password of your account has been changed, and all other sessions have been ended."),
    ),
    Kind.PASSWORD_RESET: (
        _("Your password was reset"),
        _("The password of your account has been reset by a code from a mail, and all other sessions have been ended."),
    ),
    Kind.TOTP_ADDED: (
        _("An authenticator app was added"),
        _("Signing in to your account now asks for a code from an authenticator app."),
    ),
    Kind.TOTP_REMOVED: (
        _("The authenticator app was removed"),
        _("Signing in to your account no longer asks for a code from an authenticator app."),
    ),
    Kind.PASSKEY_ADDED: (
        _("A passkey was added"),
        _("Your account can now be opened with a new passkey."),
    ),
    Kind.PASSKEY_REMOVED: (
        _("A passkey was removed"),
        _("One of the passkeys of your account no longer works."),
    ),
    Kind.RECOVERY_CODES_MADE: (
        _("New recovery codes were made"),
        _("Your account has new recovery codes. Any older ones no longer work."),
    ),
    Kind.RECOVERY_CODE_USED: (
        _("A recovery code was used"),
        _("Somebody has used one of the recovery codes of your account. It cannot be used again."),
    ),
    Kind.TOKEN_MADE: (
        _("An API token was made"),
        _("A program can now act for you with a new API token."),
    ),
}  # fmt: skip
"""What is worth a mail: title and first sentence. Everything else stands in the list of events alone."""

DETAILED = frozenset({Kind.PASSKEY_ADDED, Kind.PASSKEY_REMOVED, Kind.TOKEN_MADE, Kind.REFRESH_REPLAYED})
"""Whose detail says which one it was."""

_PLACES: dict[str, Words] = dict(
    zip(ADDRESS_CLASSES, (_("this computer"), _("local network"), _("internet"), _("unknown")), strict=True)
)


def _moment(moment: datetime | None) -> str:
    return f"{date_format(localtime(moment or now()), 'DATETIME_FORMAT')} UTC"


def _place(address: str | None) -> str:
    name = _PLACES[address_class(address)]
    return f"{address} ({name})" if address else str(name)


# Put into words when the mail is rendered, in its language.
_when: Callable[[datetime | None], Any] = lazy(_moment, str)
_where: Callable[[str | None], Any] = lazy(_place, str)


def _sample(kind: str, detail: str = "") -> dict[str, Any]:
    facts = [(_("Name"), detail)] if detail else []
    facts += [(_("When"), _when(None)), (_("Device"), "Firefox on Windows"), (_("Address"), "203.0.113.7 (internet)")]
    title, lead = WORDS[kind]
    return {"name": "Mina Okafor", "title": title, "lead": lead, "facts": facts}


SECURITY_NOTICE = declare(
    "security_notice",
    variants={
        **{kind: _sample(kind, "Work laptop" if kind == Kind.PASSKEY_ADDED else "") for kind in WORDS},
        f"{Kind.EMAIL_CHANGED}_from": {**_sample(Kind.EMAIL_CHANGED), "is_old_address": True},
    },
)


@subscribe(SECURITY_NOTED)
def send_security_notice(payload: dict[str, Any]) -> None:
    """Tell the owner, and for a changed address also whoever reads the old one."""
    event = SecurityEvent.objects.select_related("user").filter(pk=payload["event_id"], user__is_active=True).first()
    if event is None or event.kind not in WORDS or (event.kind == Kind.SIGNED_IN and not _is_new_device(event)):
        return
    for address in dict.fromkeys([event.user.email, *payload.get("also_to", [])]):
        # Codes for a new password no longer reach the old address: it gets other advice.
        context = {**_context(event), "is_old_address": address != event.user.email}
        send_mail(kind=SECURITY_NOTICE, to=address, language=event.user.language, context=context, key=str(event.pk))


def _context(event: SecurityEvent) -> dict[str, Any]:
    title, lead = WORDS[event.kind]
    facts: list[tuple[Words, Words]] = [(_("Name"), event.detail)] if event.detail and event.kind in DETAILED else []
    facts.append((_("When"), _when(event.created_at)))
    if event.by_id is None:
        facts += [(_("Device"), device_for_mail(event.user_agent)), (_("Address"), _where(event.address))]
    else:  # where they did it from is their own affair
        facts.append((_("By"), _("somebody who runs this publication")))
    return {"name": greeting_name(event.user), "title": title, "lead": lead, "facts": facts}


def _is_new_device(event: SecurityEvent) -> bool:
    """Whether no earlier sign-in came from a program that goes by the same name."""
    earlier = SecurityEvent.objects.filter(user=event.user, kind=Kind.SIGNED_IN, pk__lt=event.pk)
    agents = set(earlier.values_list("user_agent", flat=True)[:200])
    return bool(agents) and device_name(event.user_agent) not in {device_name(agent) for agent in agents}
