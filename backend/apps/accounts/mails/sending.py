"""Making and sending one mail.

    send_mail(kind=WELCOME, to=user.email, context={"name": greeting_name(user)}, key=f"{user.pk}",
              language=user.language)

Call it from a subscriber of the outbox. A mail that cannot be sent raises, so that the outbox tries again later; one
that was sent twice carries the same Message-ID, so that mailboxes keep one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac

from apps.accounts.devices import UNKNOWN_PROGRAM, device_name
from apps.accounts.mails.colours import DARK_PAPER, PAPER, ink_for, readable_on
from apps.accounts.mails.kinds import MailKind
from apps.accounts.mails.logo import Logo, find_logo
from apps.accounts.models import User
from apps.site.languages import supported_language
from apps.site.models import Site
from apps.site.services import get_site

_LOOKS_LIKE_AN_ADDRESS = re.compile(r"[:/@\n]|\.\w")
_EMPTY_LINES = re.compile(r"\n\s*\n\s*\n+")


@dataclass(frozen=True, kw_only=True, slots=True)
class RenderedMail:
    """A mail in one language, ready to be sent or looked at."""

    subject: str
    text: str
    html: str
    logo: Logo | None = None
    """Where the HTML says `cid:logo`."""


def send_mail(
    *,
    kind: MailKind,
    to: str,
    context: Mapping[str, Any],
    key: str,
    language: str = "",
    headers: Mapping[str, str] | None = None,
) -> None:
    """Send the mail. `key`: what makes this one mail of its kind, such as the id of the row that it is about; it ends
    up in the Message-ID as a keyed digest. `language`: the recipient's; empty is the publication's. `headers`: further
    ones."""
    rendered = render_mail(kind, context, language=language)
    message = EmailMultiAlternatives(
        subject=rendered.subject,
        body=rendered.text,
        to=[to],
        headers={
            "Message-ID": message_id(kind, f"{to}:{key}"),
            "Auto-Submitted": "auto-generated",
            **(headers or {}),
        },
    )
    message.attach_alternative(rendered.html, "text/html")
    if rendered.logo is not None:
        message.attach(rendered.logo.as_attachment())
    message.send()


def render_mail(kind: MailKind, context: Mapping[str, Any], *, language: str = "") -> RenderedMail:
    """Subject (the first line of the text template), text and HTML. `language`: another than the publication's."""
    site = get_site()
    chosen = supported_language(language or site.language)
    logo = find_logo(site.logo_url) if site.logo_url else None
    with translation.override(chosen):
        whole = {**_surroundings(site, chosen), "has_logo": logo is not None, **context}
        subject, _, text = render_to_string(kind.template("txt"), whole).strip().partition("\n")
        whole["subject"] = subject = " ".join(subject.split())
        html = render_to_string(kind.template("html"), whole)
    return RenderedMail(subject=subject, text=_tidy(text), html=html, logo=logo)


def greeting_name(user: User) -> str:
    """What a mail calls somebody: their display name or username, unless it looks like an address; then nothing.
    Whoever signs up chooses the name and the recipient, and must not send strangers links in our name."""
    names = [user.display_name, user.username]
    return next((name for name in names if name and not _LOOKS_LIKE_AN_ADDRESS.search(name)), "")


def device_for_mail(user_agent: str) -> str:
    """The program's name, unless it looks like an address: a stranger's words must not become a link in our mail."""
    device = device_name(user_agent)
    return UNKNOWN_PROGRAM if _LOOKS_LIKE_AN_ADDRESS.search(device) else device


def message_id(kind: MailKind, key: str) -> str:
    """The same for the same mail, and nothing that one could guess."""
    digest = salted_hmac("apps.accounts.mails", f"{kind.name}:{key}", algorithm="sha256").hexdigest()
    return f"<{kind.name}.{digest[:32]}@{settings.PUBLIC_HOST or 'localhost'}>"


def _surroundings(site: Site, language: str) -> dict[str, Any]:
    """What the base templates show of the publication."""
    accent = readable_on(site.accent_color, PAPER)
    return {
        "site_name": " ".join(site.name.split()),
        "url": settings.PUBLIC_URL,
        "language": language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "accent": accent,
        "accent_ink": ink_for(accent),
        "dark_accent": readable_on(site.accent_color, DARK_PAPER),
    }


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return _EMPTY_LINES.sub("\n\n", lines) + "\n"
