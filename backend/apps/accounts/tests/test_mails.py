"""What all mails share: languages, looks, previews, and what happens while the mail server is away."""

import re
from datetime import timedelta
from email import message_from_bytes
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client, override_settings
from django.utils import timezone
from PIL import Image

from apps.accounts.clients import Client as Caller
from apps.accounts.mails.colours import DARK_PAPER, PAPER, _parse, contrast, readable_on
from apps.accounts.mails.kinds import all_kinds
from apps.accounts.mails.logo import find_logo
from apps.accounts.mails.notices import WORDS
from apps.accounts.mails.previews import languages
from apps.accounts.mails.sending import greeting_name, render_mail, send_mail
from apps.accounts.mails.welcome import WELCOME
from apps.accounts.models import User
from apps.accounts.security_log import NOTICED, Kind, log_event
from apps.common import outbox
from apps.common.models import OutboxMessage
from apps.site.services import update_site
from tests.test_settings import PRODUCTION, manage

pytestmark = pytest.mark.django_db

FORMS = [(kind, variant) for kind in all_kinds() for variant in kind.samples]
FIREFOX = Caller(address="9.9.9.9", user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
SAFARI = Caller(
    address="198.51.100.9",
    user_agent="Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 "
    "Safari/605.1.15",
)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(("kind", "variant"), FORMS, ids=lambda value: getattr(value, "name", value))
def test_every_mail_can_be_rendered(kind: Any, variant: str, language: str) -> None:
    rendered = render_mail(kind, kind.samples[variant], language=language)

    assert 3 < len(rendered.subject) < 120
    assert len(rendered.text.splitlines()) > 6
    assert "<" not in rendered.text
    assert "\n\n\n" not in rendered.text
    assert f'<html lang="{language}"' in rendered.html
    assert not re.search(r"<img|<link|url\(|@import|\bsrc=|<script", rendered.html)
    assert "max-width:600px" in rendered.html
    assert "prefers-color-scheme: dark" in rendered.html
    assert "{{" not in rendered.html + rendered.text


def test_mail_speaks_the_language_of_the_publication() -> None:
    update_site(language="de-AT", name="Die Zeitung")
    rendered = render_mail(WELCOME, WELCOME.samples[""])

    assert rendered.subject == "Willkommen bei Die Zeitung"
    assert 'lang="de"' in rendered.html


def test_unknown_language_falls_back_to_english() -> None:
    update_site(language="tlh")

    assert render_mail(WELCOME, WELCOME.samples[""]).subject == "Welcome to Byline"


@pytest.mark.parametrize(
    ("chosen", "called"),
    [
        ("Mina Okafor", "Mina Okafor"),
        ("", "mina"),
        ("J. R. Okafor", "J. R. Okafor"),
        ("Win at https://evil.example", "mina"),
        ("evil.example", "mina"),
    ],
)
def test_greeting_carries_no_address(chosen: str, called: str) -> None:
    assert greeting_name(User(username="mina", display_name=chosen)) == called
    assert greeting_name(User(username="evil.example", display_name=chosen)) == ("" if called == "mina" else called)


@pytest.mark.parametrize("accent", ["#7a1f2b", "#ffff00", "#000000", "#ffffff", "#3366cc"])
def test_accent_is_readable_on_both_papers(accent: str) -> None:
    for paper in (PAPER, DARK_PAPER):
        assert contrast(_parse(readable_on(accent, paper)), _parse(paper)) >= 4.5


def test_logo_is_sent_along(reader: User, client: Client) -> None:
    pixel = BytesIO()
    Image.new("RGB", (80, 40), "#7a1f2b").save(pixel, "png")
    default_storage.save("logos/mail-test.png", ContentFile(pixel.getvalue()))
    update_site(logo_url="/media/logos/mail-test.png")
    log_event(user=reader, kind=Kind.PASSWORD_CHANGED)
    outbox.drain()

    sent: Any = mail.outbox[0]
    parts = {part.get_content_type(): part for part in message_from_bytes(sent.message().as_bytes()).walk()}
    assert 'src="cid:logo" alt="Byline"' in str(sent.alternatives[0][0])
    assert parts["image/png"]["Content-ID"] == "<logo>"
    assert parts["image/png"]["Content-Disposition"].startswith("inline")
    assert "data:image/png;base64" in client.get("/dev/mails", {"part": "html"}).content.decode()


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/logo.png", "/media/logos/none.png", "/media/../secret_key", "/media/"]
)
def test_logo_from_elsewhere_is_not_fetched(address: str) -> None:
    assert find_logo(address) is None


# -- Security notices ------------------------------------------------------------------------------------------
def test_every_noticed_event_has_words() -> None:
    assert NOTICED | {Kind.SIGNED_IN} == set(WORDS)


def test_owner_is_told_what_happened_when_and_from_where(reader: User) -> None:
    log_event(user=reader, kind=Kind.PASSKEY_ADDED, client=FIREFOX, detail="<b>Work</b> laptop")
    assert mail.outbox == []
    outbox.drain()

    (sent,) = mail.outbox
    assert sent.to == [reader.email]
    assert sent.subject == "A passkey was added – Byline"
    assert "<b>Work</b> laptop" in sent.body
    assert "Firefox on Linux" in sent.body
    assert "9.9.9.9 (internet)" in sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    html = str(sent.alternatives[0][0])  # type: ignore[attr-defined]
    assert "&lt;b&gt;Work" in html
    assert "/account/security" in html


def test_owner_is_not_told_where_an_administrator_sat(reader: User, admin: User) -> None:
    log_event(user=reader, kind=Kind.TOTP_REMOVED, client=FIREFOX, by=admin)
    outbox.drain()

    (sent,) = mail.outbox
    assert "By: somebody who runs this publication" in sent.body
    assert "9.9.9.9" not in sent.body


def test_other_events_send_nothing(reader: User) -> None:
    for kind in set(Kind) - NOTICED - {Kind.SIGNED_IN}:
        log_event(user=reader, kind=kind)
    outbox.drain()

    assert mail.outbox == []


def test_old_address_is_told_of_a_new_one(reader: User) -> None:
    log_event(user=reader, kind=Kind.EMAIL_CHANGED, also_to=["old@example.org"])
    outbox.drain()

    assert [message.to for message in mail.outbox] == [[reader.email], ["old@example.org"]]
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 2


def test_only_a_sign_in_from_a_new_device_is_noticed(reader: User) -> None:
    newer_firefox = Caller(user_agent=FIREFOX.user_agent.replace("140", "141"))
    for caller in (FIREFOX, FIREFOX, newer_firefox, SAFARI, SAFARI):
        log_event(user=reader, kind=Kind.SIGNED_IN, client=caller)
    outbox.drain()

    (sent,) = mail.outbox
    assert "Safari on macOS" in sent.body


def test_mail_follows_when_the_server_is_back(api: Any) -> None:
    body = {"username": "mina", "email": "mina@example.org", "password": "a long enough secret"}
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_PORT=9, EMAIL_TIMEOUT=1):
        assert api().post("/api/v1/auth/register", body).status_code in {201, 202}
        outbox.drain()
    waiting = OutboxMessage.objects.get(done_at=None)
    assert waiting.failed_at is None
    assert "Error" in waiting.last_error

    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        outbox.drain()
    assert [message.to for message in mail.outbox] == [["mina@example.org"]]


# -- Previews --------------------------------------------------------------------------------------------------
def test_developer_sees_every_mail_at_one_address(client: Client) -> None:
    page = client.get("/dev/mails").content.decode()

    for kind, variant in FORMS:
        assert f"mail={kind.name}{':' if variant else ''}{variant}&amp;" in page.replace("%3A", ":")
    assert languages()[:2] == ["en", "de"]
    html = client.get("/dev/mails", {"mail": "welcome", "language": "de", "part": "html"})
    assert "Willkommen" in html.content.decode()
    assert "script-src 'none'" in html.headers["Content-Security-Policy"]
    text = client.get("/dev/mails", {"mail": "security_notice:passkey_added", "part": "text"})
    assert "Work laptop" in text.content.decode()
    assert client.get("/dev/mails", {"mail": "nothing"}).status_code == 404


def test_previews_are_not_in_production(tmp_path: Path) -> None:
    code = "from django.urls import resolve; print(resolve('/dev/mails').func.__module__)"
    environment = {**PRODUCTION, "VAR_DIR": str(tmp_path)}

    assert "previews" not in manage("shell", "-c", code, **environment).stdout
    development = {"DJANGO_SETTINGS_MODULE": "config.settings.development", "VAR_DIR": str(tmp_path)}
    assert "accounts.mails.previews" in manage("shell", "-c", code, **development).stdout


def test_mail_speaks_the_language_of_the_recipient(api: Any, reader: User) -> None:
    update_site(language="en")
    assert api(reader).patch("/api/v1/me", {"language": "de"}, format="json").json()["language"] == "de"
    reader.refresh_from_db()

    send_mail(kind=WELCOME, to=reader.email, context=WELCOME.samples[""], key="1", language=reader.language)
    send_mail(kind=WELCOME, to=reader.email, context=WELCOME.samples[""], key="2", language="")

    assert [message.subject for message in mail.outbox] == ["Willkommen bei Byline", "Welcome to Byline"]


@pytest.mark.parametrize("language", ["fr", "deutsch", None, 3])
def test_only_languages_with_a_catalogue_are_taken(api: Any, reader: User, language: object) -> None:
    response = api(reader).patch("/api/v1/me", {"language": language}, format="json")

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/language"
