"""Telling pages elsewhere that a post links to them: once, again when the post changes, and when the link goes."""

import hashlib
import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.common.fetching import Fetched, FetchError, FetchFailed, fetch, is_public
from apps.common.outbox import record
from apps.posts.models import Post
from apps.webmentions.models import LONGEST_ADDRESS, SentMention
from apps.webmentions.reading import endpoint_in_headers, read_page

SEND = "webmentions.send"
PAUSE = timedelta(seconds=30)
"""Until copies of the post on the way are older than they may get: who is told reads it at once."""
PAUSES = (timedelta(minutes=10), timedelta(hours=2))
"""Before somebody who could not be told is told again."""
MOST_LINKS = 50
"""Pages that one post tells."""
GONE = ""
_LINK = re.compile(r"<a\s(?:[^>\"]|\"[^\"]*\")*?\bhref=\"(https?://[^\"]+)\"", re.IGNORECASE)
_NOBODYS = (".localhost", ".local", ".internal", ".test", ".invalid", ".home.arpa")
Status = SentMention.Status


def can_send() -> bool:
    """Whether others could read what they are told of: not where this site is for itself."""
    host = settings.PUBLIC_HOST
    if not settings.WEBMENTIONS or host.endswith(_NOBODYS):
        return False
    is_address = host.replace(".", "").isdigit() or ":" in host
    return is_public(host) if is_address else "." in host


def foreign_links(html: str) -> list[str]:
    """Addresses elsewhere that the text links to, in order and once each."""
    found = (unescape(address).partition("#")[0] for address in _LINK.findall(html))
    foreign = (address for address in found if len(address) <= LONGEST_ADDRESS and not _is_ours(address))
    return list(dict.fromkeys(foreign))[:MOST_LINKS]


def plan_mentions(post_id: int) -> None:
    """Have every page told that the post links to as it now is, and those that it did link to. Safe to repeat."""
    if not can_send():
        return
    post = Post.objects.live().filter(pk=post_id).only("slug", "body_html").first()
    with transaction.atomic():
        known = {row.target: row for row in SentMention.objects.select_for_update().filter(post_id=post_id)}
        targets = foreign_links(post.body_html) if post else []
        digest = hashlib.blake2b((post.body_html if post else "").encode(), digest_size=16).hexdigest()
        source = post.get_absolute_url() if post else ""
        for target in targets:
            row = known.pop(target, None) or SentMention(post_id=post_id, target=target)
            if row.digest != digest:
                row.source, row.digest = source, digest
                _plan(row)
        for row in known.values():
            if row.told_at is None:
                row.delete()
            elif row.digest != GONE:
                row.source, row.digest = source or row.source, GONE
                _plan(row)


def send_mention(mention_id: int, digest: str) -> None:
    """Find out where the page takes mentions, and tell it. What has changed since is told by what was planned then."""
    row = SentMention.objects.filter(pk=mention_id, digest=digest, status=Status.WAITING).first()
    if row is None or not can_send():
        return
    try:
        endpoint = endpoint_of(row.target)
        if endpoint is not None:
            _tell(endpoint, row)
    except FetchFailed as error:
        _try_later(row, str(error))
    except FetchError as error:
        _settle(row, Status.FAILED, str(error))
    else:
        _settle(row, Status.TOLD if endpoint else Status.DEAF)


def endpoint_of(target: str) -> str | None:
    """Where the page takes mentions. Raises FetchError."""
    answer = fetch(target)
    if answer.status >= 500:
        raise FetchFailed(f"the page answered {answer.status}")
    named = endpoint_in_headers(answer.headers.get_all("Link", []), url=answer.url)
    if named is not None or answer.media_type not in {"text/html", "application/xhtml+xml"}:
        return named
    return read_page(answer.text, url=answer.url).endpoint


def _tell(endpoint: str, row: SentMention) -> Fetched:
    answer = fetch(endpoint, form={"source": row.source, "target": row.target}, accept="*/*")
    if not answer.is_ok:
        raise FetchFailed(f"the endpoint answered {answer.status}")
    return answer


def _plan(row: SentMention) -> None:
    row.status, row.attempts, row.detail = Status.WAITING, 0, ""
    row.save()
    record(SEND, {"mention_id": row.pk, "digest": row.digest}, delay=PAUSE)


def _try_later(row: SentMention, reason: str) -> None:
    if row.attempts >= len(PAUSES):
        _settle(row, Status.FAILED, reason)
        return
    with transaction.atomic():
        mine = SentMention.objects.filter(pk=row.pk, digest=row.digest)
        if mine.update(attempts=row.attempts + 1, detail=reason[:200]):
            record(SEND, {"mention_id": row.pk, "digest": row.digest}, delay=PAUSES[row.attempts])


def _settle(row: SentMention, status: str, detail: str = "") -> None:
    """A page that has been told of the end of a link is forgotten, whatever it made of it."""
    mine = SentMention.objects.filter(pk=row.pk, digest=row.digest)
    if row.digest == GONE:
        mine.delete()
        return
    told_at = timezone.now() if status == Status.TOLD else row.told_at
    mine.update(status=status, detail=detail[:200], told_at=told_at)


def _is_ours(address: str) -> bool:
    try:
        return urlsplit(address).netloc.lower() == urlsplit(settings.PUBLIC_URL).netloc.lower()
    except ValueError:
        return True  # nobody's: it is left alone
