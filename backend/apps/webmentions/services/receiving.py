"""Mentions that others tell us of: taken down at once, looked at later, shown once a moderator agrees.

By https://www.w3.org/TR/webmention/. Whoever tells us need not be whose page it is, so nothing is believed: the page
itself is read.
"""

from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from apps.common.fetching import FetchError, FetchFailed, fetch
from apps.common.outbox import record
from apps.posts.addresses import public_post_at, slug_in
from apps.posts.models import Post, PostSlug
from apps.webmentions.models import LONGEST_ADDRESS, LONGEST_OWN_ADDRESS, ReceivedMention
from apps.webmentions.reading import Found, read_page
from apps.webmentions.services.showing import show_mention, take_mention_back

RECEIVED = "webmentions.received"
MOST_WAITING = 100
"""Pages that wait to be looked at; more are turned away until later."""
MOST_OF_A_HOST = 10
"""Of these, from one host."""
PAUSES = (timedelta(minutes=10), timedelta(hours=2))
"""Before a page that could not be read is tried again."""
AWAY_SECONDS = 300
"""For so long a host that did not answer is left alone, so that other jobs do not wait behind it."""
KEPT = timedelta(days=30)
"""How long it is remembered that a page did not mention a post."""
_PAGES = {"text/html", "application/xhtml+xml"}
Status = ReceivedMention.Status


class NotAccepted(Exception):
    """What was told is no mention of a post here; the text says why."""


class TooMany(Exception):
    """As many wait already as may."""


def note_mention(*, source: str, target: str) -> ReceivedMention:
    """Take down that the page at `source` says it mentions the post at `target`. Raises NotAccepted and TooMany."""
    for address, longest in ((source, LONGEST_ADDRESS), (target, LONGEST_OWN_ADDRESS)):
        _require_address(address, longest)
    post = public_post_at(target.partition("#")[0].partition("?")[0])
    if post is None:
        raise NotAccepted("`target` is not the address of a post here.")
    source = source.partition("#")[0]
    if slug_in(source) is not None or _host(source) == _host(post.get_absolute_url()):
        raise NotAccepted("`source` is a page of this publication.")
    return _take_down(post, source, target)


@transaction.atomic
def _take_down(post: Post, source: str, target: str) -> ReceivedMention:
    known = ReceivedMention.objects.filter(post=post, source=source).first()
    if known is not None and known.status == Status.WAITING:
        return known
    if known is None and (post.comment_policy != Post.CommentPolicy.OPEN or post.thread_locked):
        raise NotAccepted("This post takes no comments, and no mentions.")
    waiting = ReceivedMention.objects.filter(status=Status.WAITING).values_list("source", flat=True)[:MOST_WAITING]
    hosts = Counter(_host(address) for address in waiting)
    if hosts.total() >= MOST_WAITING or hosts[_host(source)] >= MOST_OF_A_HOST:
        raise TooMany
    now = timezone.now()
    mention, _ = ReceivedMention.objects.update_or_create(
        post=post,
        source=source,
        defaults={"target": target, "status": Status.WAITING, "attempts": 0, "detail": "", "received_at": now},
    )
    record(RECEIVED, {"mention_id": mention.pk, "attempt": 0})
    return mention


def check_again(mention: ReceivedMention) -> None:
    """Have the page looked at once more."""
    with transaction.atomic():
        ReceivedMention.objects.filter(pk=mention.pk).update(status=Status.WAITING, attempts=0, detail="")
        record(RECEIVED, {"mention_id": mention.pk, "attempt": 0})


def check_mention(mention_id: int, attempt: int) -> None:
    """Read the page, and show or take back what it says. Safe to repeat."""
    mention = ReceivedMention.objects.filter(pk=mention_id, status=Status.WAITING, attempts=attempt).first()
    if mention is None:
        return
    try:
        found = _read(mention)
    except FetchFailed as error:
        _try_later(mention, str(error))
    except FetchError as error:
        _settle(mention, Status.FAILED, None, str(error))
    else:
        _settle(mention, Status.FOUND if found else Status.NOT_FOUND, found)


def forget_old_mentions() -> int:
    """Drop what came to nothing some time ago; returns how many."""
    old = ReceivedMention.objects.filter(received_at__lt=timezone.now() - KEPT, comment=None)
    return old.exclude(status=Status.WAITING).delete()[0]


def _require_address(address: str, longest: int) -> None:
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    is_plain = len(address) <= longest and address.isprintable() and " " not in address
    if parts.scheme not in {"http", "https"} or not parts.hostname or not is_plain:
        raise NotAccepted(
            f"`source` and `target` are http(s) addresses of at most {LONGEST_ADDRESS} and {LONGEST_OWN_ADDRESS} "
            "characters."
        )


def _host(address: str) -> str:
    """The address's host, which has many spellings."""
    return (urlsplit(address).hostname or "").rstrip(".")


def _read(mention: ReceivedMention) -> Found | None:
    """What the page says, or None where it does not link to the post (any more). Raises FetchError."""
    away = f"webmentions:away:{_host(mention.source)}"
    if cache.get(away):
        raise FetchFailed("the host did not answer a moment ago")
    try:
        answer = fetch(mention.source)
    except FetchFailed:
        cache.set(away, 1, AWAY_SECONDS)
        raise
    if answer.status in {404, 410}:
        return None
    if not answer.is_ok:
        raise FetchFailed(f"the page answered {answer.status}")
    if answer.media_type not in _PAGES:
        return None
    found = read_page(answer.text, url=answer.url)
    slugs = set(PostSlug.objects.filter(post=mention.post_id).values_list("slug", flat=True))
    return found if any(_plain_slug(link) in slugs for link in found.links) else None


def _plain_slug(link: str) -> str | None:
    return slug_in(link.partition("#")[0].partition("?")[0])


def _try_later(mention: ReceivedMention, reason: str) -> None:
    if mention.attempts >= len(PAUSES):
        _settle(mention, Status.FAILED, None, reason)
        return
    with transaction.atomic():
        pause = PAUSES[mention.attempts]
        mine = ReceivedMention.objects.filter(pk=mention.pk, attempts=mention.attempts)
        if mine.update(attempts=mention.attempts + 1, detail=reason[:200]):
            record(RECEIVED, {"mention_id": mention.pk, "attempt": mention.attempts + 1}, delay=pause)


@transaction.atomic
def _settle(mention: ReceivedMention, status: str, found: Found | None, detail: str = "") -> None:
    """The rows of post and comment are locked by what shows it; of two workers the second finds it settled."""
    locked = ReceivedMention.objects.select_for_update().filter(pk=mention.pk, status=Status.WAITING).first()
    if locked is None:
        return
    if found is not None:
        show_mention(locked, found)
    elif status == Status.NOT_FOUND:
        take_mention_back(locked)
    locked.status, locked.detail, locked.checked_at = status, detail[:200], timezone.now()
    locked.save(update_fields=["status", "detail", "checked_at", "comment"])
