"""The codes for another e-mail address: one to the address so far, one to the new one. Each has a subscriber of its
own, so that a mailbox that refuses mail does not make the other's come again."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from apps.accounts.challenges import CODE_WANTED, Purpose
from apps.accounts.codes import code_for, for_people
from apps.accounts.mails.codes import FACTS, SAMPLE, facts_of
from apps.accounts.mails.kinds import MailKind, declare
from apps.accounts.mails.sending import greeting_name, send_mail
from apps.accounts.models import Challenge, User
from apps.common.models import Priority
from apps.common.outbox import subscribe

OLD_ADDRESS = declare("change_email_old_code", {**SAMPLE, "email": "mina@elsewhere.example"})
NEW_ADDRESS = declare("change_email_new_code", SAMPLE)
ADDRESS_TAKEN = declare("email_already_yours", {"name": "Mina Okafor", "username": "mina", "facts": FACTS})


@subscribe(CODE_WANTED, priority=Priority.AWAITED)
def send_old_address_its_code(payload: dict[str, Any]) -> None:
    """To whoever reads the address so far: which address the account shall have, and the code that agrees to it."""
    challenge = _waiting(payload)
    if challenge is not None:
        _send_code(OLD_ADDRESS, challenge, to=str(challenge.data["old"]))


@subscribe(CODE_WANTED, priority=Priority.AWAITED)
def send_new_address_its_code(payload: dict[str, Any]) -> None:
    """To the new address. Where it is somebody's already, they are told so, and no code goes anywhere."""
    challenge = _waiting(payload)
    if challenge is None:
        return
    owner = User.objects.identified_by(challenge.email).first()
    if owner is None:
        _send_code(NEW_ADDRESS, challenge, to=challenge.email)
        return
    context = {"name": greeting_name(owner), "username": owner.username, "facts": facts_of(challenge)}
    send_mail(
        kind=ADDRESS_TAKEN,
        to=owner.email,
        language=owner.language,
        context=context,
        key=f"{challenge.pk}:{challenge.sends}",
    )


def _waiting(payload: dict[str, Any]) -> Challenge | None:
    """The step, unless it is over, another one's, or a newer code was asked for."""
    open_steps = Challenge.objects.filter(
        purpose=Purpose.CHANGE_EMAIL, used_at__isnull=True, expires_at__gt=timezone.now(), user__is_active=True
    )
    return open_steps.select_related("user").filter(pk=payload["challenge_id"], sends=payload["send"]).first()


def _send_code(kind: MailKind, challenge: Challenge, *, to: str) -> None:
    context = {
        "name": greeting_name(challenge.user) if challenge.user else "",
        "email": challenge.email,
        "code": for_people(code_for(challenge, to=to)),
        "minutes": int(settings.CODE_LIFETIME.total_seconds()) // 60,
        "facts": facts_of(challenge),
    }
    language = challenge.user.language if challenge.user else ""
    send_mail(kind=kind, to=to, language=language, context=context, key=f"{challenge.pk}:{challenge.sends}")
