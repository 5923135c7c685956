"""Mails of notifications: one at once, or one a day. What they tell is looked up when they are sent, so that what was
removed meanwhile is in none of them."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from apps.accounts.mails.kinds import declare
from apps.accounts.mails.sending import greeting_name, message_id, send_mail
from apps.accounts.models import User
from apps.common.outbox import subscribe
from apps.notifications import appeal_links
from apps.notifications.appeal_links import AppealLink
from apps.notifications.inbox import People, load_people
from apps.notifications.models import Kind, Notification
from apps.notifications.serializers import excerpt_of, site_of
from apps.notifications.services import MAIL_DUE
from apps.notifications.tasks import DIGEST_DUE
from apps.notifications.unsubscribing import DAILY, token_for

LONGEST = 400
"""Characters of a comment in a mail."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_PLACES = {Kind.DECISION: "/account/decisions", Kind.REPORT: "/account/reports"}

_LINE = {
    "kind": "reply",
    "to": "comment",
    "who": "Jonas Weber",
    "others": 0,
    "about_comment": True,
    "title": "The quiet tools",
    "excerpt": "I have one of those as well.",
    "tag": "",
    "href": "https://example.org/posts/the-quiet-tools#comment-12",
}
_FOOT = {"name": "Mina Okafor", "unsubscribe_url": "https://example.org/unsubscribe#12.reply.secret"}
_SAMPLE = {**_FOOT, **_LINE}
_DECISION = {
    "kind": "decision",
    "action": "remove",
    "subject": "comment",
    "why": "off_topic",
    "rule": "",
    "until": None,
    "may_appeal": True,
    "excerpt": "Please stay with the subject.",
    "href": "https://example.org/account/decisions",
}
_POST_LINE = {**_LINE, "kind": "post", "about_comment": False, "excerpt": ""}

NOTIFICATION = declare(
    "notification",
    app="notifications",
    variants={
        "reply": _SAMPLE,
        "reply_to_post": {**_SAMPLE, "to": "post"},
        "mention": {**_SAMPLE, "kind": "mention"},
        "webmention": {**_SAMPLE, "kind": "webmention", "who": "elsewhere.example"},
        "like": {**_SAMPLE, "kind": "like", "others": 2},
        "like_of_post": {**_SAMPLE, "kind": "like", "about_comment": False, "excerpt": ""},
        "post": {**_SAMPLE, **_POST_LINE},
        "post_with_tag": {**_SAMPLE, **_POST_LINE, "tag": "Tools"},
        "decision": {**_FOOT, **_DECISION},
        "decision_with_an_end": {
            **_FOOT,
            **_DECISION,
            "action": "suspend",
            "until": datetime(2026, 12, 24, tzinfo=UTC),
        },
        "decision_by_a_rule": {**_FOOT, **_DECISION, "action": "spam", "why": "", "rule": "No watches", "excerpt": ""},
        "answer_to_an_appeal": {**_FOOT, **_DECISION, "action": "overturn", "why": "", "may_appeal": False},
        "report": {**_FOOT, "kind": "report", "href": "https://example.org/account/reports", "outcome": "upheld"},
    },
)
DIGEST = declare(
    "notification_digest",
    {
        **_FOOT,
        "count": 5,
        "more": 2,
        "lines": [
            _LINE,
            {**_LINE, "kind": "like", "others": 3, "about_comment": False},
            {**_POST_LINE, "tag": "Tools"},
        ],
    },
    app="notifications",
)


@subscribe(MAIL_DUE)
def send_notification_mail(payload: dict[str, Any]) -> None:
    """Send the mail of one notification, unless it has gone, or what it tells is not to be seen (any more, or just
    now: then it waits to be shown again)."""
    waiting = Notification.objects.filter(pk=payload["notification_id"], mail=Notification.Mail.NOW)
    recipient = User.objects.filter(notifications__in=waiting, is_active=True).first()
    if recipient is None:
        return
    rows = _rows_of(recipient, [payload["notification_id"]])
    if not rows:
        return
    row = rows[0]
    line = _line(row, load_people(rows, recipient)[row.pk])
    context = {**line, **_foot(recipient, row.kind)}
    headers = {**_thread(row, recipient), **_way_out(recipient, row.kind)}
    send_mail(
        kind=NOTIFICATION,
        to=recipient.email,
        language=recipient.language,
        context=context,
        key=_key(row),
        headers=headers,
    )
    waiting.update(mail=Notification.Mail.SENT, mailed_at=timezone.now())


@subscribe(DIGEST_DUE)
def send_digest_mail(payload: dict[str, Any]) -> None:
    """Send somebody's mail of the day: of what was gathered, all that can be seen and was not read meanwhile."""
    ids = payload["notification_ids"]
    recipient = User.objects.filter(pk=payload["user_id"], is_active=True).first()
    waiting = Notification.objects.filter(pk__in=ids, recipient=payload["user_id"], mail=Notification.Mail.NOW)
    rows = [row for row in _rows_of(recipient, ids) if row.read_at is None] if recipient else []
    if not rows or recipient is None:
        waiting.update(mail=Notification.Mail.NONE)
        return
    people = load_people(rows, recipient)
    lines = [_line(row, people[row.pk]) for row in rows]
    context = {
        "lines": lines,
        "more": payload["more"],
        "count": len(lines) + payload["more"],
        **_foot(recipient, DAILY),
    }
    key = f"{payload['day']}:{min(ids)}"
    send_mail(
        kind=DIGEST,
        to=recipient.email,
        language=recipient.language,
        context=context,
        key=key,
        headers=_way_out(recipient, DAILY),
    )
    waiting.filter(pk__in=[row.pk for row in rows]).update(mail=Notification.Mail.SENT, mailed_at=timezone.now())
    waiting.update(mail=Notification.Mail.NONE)


def _rows_of(recipient: User, ids: Sequence[int]) -> list[Notification]:
    """Those of these that are to be mailed and may be seen, the latest first."""
    shown = Notification.objects.shown_to(recipient).filter(pk__in=ids, mail=Notification.Mail.NOW)
    return list(shown.select_related("post", "post__author", "comment").order_by("-happened_at", "-pk"))


def _line(row: Notification, people: People) -> dict[str, Any]:
    """What the templates say of one notification. Nothing of what somebody wrote becomes a link in our mail."""
    place = _PLACES.get(Kind(row.kind))
    if place is not None or row.post is None:
        decided = _decided(row.data)
        by_link = decided["appeal_by_link"]
        way = appeal_links.address_of(AppealLink(row.recipient_id, row.data["number"])) if by_link else None
        return {"kind": row.kind, "href": way or f"{settings.PUBLIC_URL}{place or '/notifications'}", **decided}
    named, number = people
    comment = row.comment
    who = greeting_name(named[0]) if named else ""
    return {
        "kind": row.kind,
        "to": row.data.get("to", "comment"),
        "who": _without_addresses(site_of(comment)) if row.kind == Kind.WEBMENTION else who,
        "others": max(0, number - 1),
        "about_comment": comment is not None,
        "title": _without_addresses(row.post.title),
        "excerpt": _without_addresses(excerpt_of(comment.body_html, LONGEST)) if comment else "",
        "tag": _without_addresses(row.data.get("tag", "")),
        "href": row.post.get_absolute_url() + (f"#comment-{comment.pk}" if comment else ""),
    }


def _decided(data: dict[str, Any]) -> dict[str, Any]:
    """What a decision is, and why; what came of a report. People who are suspended can read it nowhere else, and appeal
    by a link of their own."""
    may_appeal = data.get("may_appeal", False)
    return {
        "action": data.get("action", ""),
        "subject": data.get("subject", {}).get("type", ""),
        "why": data.get("reason", ""),
        "rule": _without_addresses(data.get("rule", "")),
        "until": parse_datetime(data.get("until") or ""),
        "may_appeal": may_appeal,
        "appeal_by_link": may_appeal and data.get("action") == "suspend",
        "excerpt": _without_addresses(data.get("note", "")),
        "outcome": data.get("outcome", ""),
    }


def _foot(recipient: User, kind: str) -> dict[str, Any]:
    """The greeting, and the link for people; programs take the one in the headers."""
    token = token_for(recipient.pk, kind)
    return {"name": greeting_name(recipient), "unsubscribe_url": f"{settings.PUBLIC_URL}/unsubscribe#{token}"}


def _way_out(recipient: User, kind: str) -> dict[str, str]:
    """RFC 8058: one click ends these mails, in any mail program."""
    token = token_for(recipient.pk, kind)
    return {
        "List-Unsubscribe": f"<{settings.PUBLIC_URL}/api/v1/unsubscribe/{token}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<notifications.{settings.PUBLIC_HOST or 'localhost'}>",
    }


def _key(row: Notification) -> str:
    """What its Message-ID is made of. Those of posts and comments can be told from their ids, for the thread."""
    if row.kind == Kind.POST:
        return f"post:{row.post_id}"
    if row.kind in {Kind.REPLY, Kind.MENTION, Kind.WEBMENTION}:
        return f"comment:{row.comment_id}"
    return f"row:{row.pk}"


def _thread(row: Notification, recipient: User) -> dict[str, str]:
    """Where the mail hangs: all that is about a post below the mail that told of the post (sent or not), replies below
    what they answer."""
    if row.post_id is None or row.kind == Kind.POST:
        return {}
    above = [f"post:{row.post_id}"]
    if row.comment is not None:
        above += [f"comment:{pk}" for pk in row.comment.ancestor_ids]
        if row.kind == Kind.LIKE:
            above.append(f"comment:{row.comment.pk}")
    ids = [message_id(NOTIFICATION, f"{recipient.email}:{key}") for key in above]
    return {"In-Reply-To": ids[-1], "References": " ".join(ids)}


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub("…", text)
