"""Sending the codes that prove who somebody is. Here, not in the request, it is looked up whether there is an account.

Codes for another e-mail address go to two mailboxes and are sent by `email_change`.
"""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts.challenges import CODE_WANTED, Purpose
from apps.accounts.clients import recall
from apps.accounts.codes import code_for, for_people
from apps.accounts.mails.kinds import declare
from apps.accounts.mails.sending import device_for_mail, greeting_name, send_mail
from apps.accounts.models import Challenge, User
from apps.common.models import Priority
from apps.common.outbox import subscribe

FACTS = [(_("Asked for from"), "Firefox on Windows"), (_("Address"), "203.0.113.7")]
SAMPLE = {"name": "Mina Okafor", "code": "1234 5678", "minutes": 15, "facts": FACTS}

CODES = {
    Purpose.SIGN_UP: declare("sign_up_code", {**SAMPLE, "name": ""}),
    Purpose.VERIFY_EMAIL: declare("verify_email_code", SAMPLE),
    Purpose.SIGN_IN_CODE: declare("sign_in_code", SAMPLE),
    Purpose.RESET_PASSWORD: declare("reset_password_code", SAMPLE),
}
ALREADY_A_MEMBER = declare(
    "already_a_member",
    variants={
        "active": {"name": "Mina Okafor", "username": "mina", "active": True, "facts": FACTS},
        "deactivated": {"name": "Mina Okafor", "username": "mina", "active": False, "facts": FACTS},
    },
)


@subscribe(CODE_WANTED, priority=Priority.AWAITED)
def send_wanted_code(payload: dict[str, Any]) -> None:
    """Send the code to whom it is for, unless the step is over or a newer code was asked for."""
    waiting = Challenge.objects.filter(used_at__isnull=True, expires_at__gt=timezone.now(), purpose__in=CODES)
    challenge = waiting.filter(pk=payload["challenge_id"], sends=payload["send"]).first()
    if challenge is None:
        return
    if challenge.purpose == Purpose.SIGN_UP:
        member = User.objects.identified_by(challenge.email).first()
        if member is None:
            _send_code(challenge, name="")
        else:
            _send_already_a_member(challenge, member)
        return
    user = _recipient(challenge)
    if user is not None:
        _send_code(challenge, name=greeting_name(user))


def _recipient(challenge: Challenge) -> User | None:
    """Whose code it is; from now on the step is theirs. Nobody's when there is no such account, it is switched off, or
    its address has changed since."""
    active = User.objects.filter(is_active=True)
    if challenge.user_id is not None:
        owner: User | None = active.filter(pk=challenge.user_id, email=challenge.email).first()
        return owner
    user: User | None = active.identified_by(challenge.data["name"]).first()
    if user is not None:
        Challenge.objects.filter(pk=challenge.pk).update(user=user, email=user.email)
        challenge.user, challenge.email = user, user.email
    return user


def _send_code(challenge: Challenge, *, name: str) -> None:
    context = {
        "name": name,
        "code": for_people(code_for(challenge)),
        "minutes": int(settings.CODE_LIFETIME.total_seconds()) // 60,
        "facts": facts_of(challenge),
    }
    kind = CODES[Purpose(challenge.purpose)]
    language = challenge.user.language if challenge.user else ""
    send_mail(
        kind=kind, to=challenge.email, language=language, context=context, key=f"{challenge.pk}:{challenge.sends}"
    )


def _send_already_a_member(challenge: Challenge, member: User) -> None:
    context = {
        "name": greeting_name(member),
        "username": member.username,
        "active": member.is_active,
        "facts": facts_of(challenge),
    }
    send_mail(
        kind=ALREADY_A_MEMBER,
        to=member.email,
        language=member.language,
        context=context,
        key=f"{challenge.pk}:{challenge.sends}",
    )


def facts_of(challenge: Challenge) -> list[tuple[Any, str]]:
    """Where the code was asked from."""
    client = recall(challenge.data.get("from", {}))
    facts: list[tuple[Any, str]] = [(_("Asked for from"), device_for_mail(client.user_agent))]
    return [*facts, (_("Address"), client.address)] if client.address else facts
