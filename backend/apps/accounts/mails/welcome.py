"""Welcoming a new member."""

from typing import Any

from apps.accounts.mails.kinds import declare
from apps.accounts.mails.sending import greeting_name, send_mail
from apps.accounts.models import User
from apps.accounts.registration import REGISTERED
from apps.common.outbox import subscribe

WELCOME = declare("welcome", {"name": "Mina Okafor", "username": "mina"})


@subscribe(REGISTERED, name="apps.accounts.mails.send_welcome_mail")
def send_welcome_mail(payload: dict[str, Any]) -> None:
    """Welcome a new member."""
    user = User.objects.filter(pk=payload["user_id"], is_active=True).first()
    if user is not None:
        context = {"name": greeting_name(user), "username": user.username}
        send_mail(kind=WELCOME, to=user.email, language=user.language, context=context, key=str(user.pk))
