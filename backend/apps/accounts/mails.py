"""Mail about accounts, sent by the outbox."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from apps.accounts.models import User
from apps.accounts.registration import REGISTERED
from apps.common.outbox import subscribe
from apps.site.services import get_site


@subscribe(REGISTERED)
def send_welcome_mail(payload: dict[str, Any]) -> None:
    """Welcome a new member. Sent twice it carries the same Message-ID, so mailboxes keep one."""
    user = User.objects.filter(pk=payload["user_id"], is_active=True).first()
    if user is None:
        return
    site = get_site()
    context = {"user": user, "site": site, "url": settings.PUBLIC_URL}
    message = EmailMultiAlternatives(
        subject=" ".join(f"Welcome to {site.name}".split()),
        body=render_to_string("accounts/mail/welcome.txt", context),
        to=[user.email],
        headers={"Message-ID": message_id("welcome", user), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("accounts/mail/welcome.html", context), "text/html")
    message.send()


def message_id(kind: str, user: User) -> str:
    """The same for the same mail to the same account, and nothing that one could guess."""
    digest = salted_hmac("apps.accounts.mails", f"{kind}:{user.pk}:{user.email}", algorithm="sha256").hexdigest()
    return f"<{kind}.{user.pk}.{digest[:24]}@{settings.PUBLIC_HOST or 'localhost'}>"
