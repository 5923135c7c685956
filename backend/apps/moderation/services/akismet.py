"""Asking a service that speaks Akismet's protocol whether a comment is spam.

The service's address is the operator's (AKISMET_URL), never a reader's, and it cannot lead anywhere else: redirects are
not followed. See https://akismet.com/developers/detailed-docs/comment-check/.
"""

import http.client
import urllib.error
import urllib.request
from typing import Any, NoReturn
from urllib.parse import urlencode

import structlog
from django.conf import settings
from django.core.cache import cache

from apps.accounts.models import Session
from apps.comments.models import Comment

logger = structlog.get_logger(__name__)

SECONDS = 5
"""For each step of asking: to connect, to send, to read."""
AWAY = "moderation:akismet-away"
AWAY_SECONDS = 60
"""A service that does not answer is left alone for so long, so that other jobs do not wait behind it."""
_LONGEST_ANSWER = 64


class ServiceAway(Exception):
    """It did not answer, or nothing that makes sense."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def is_spam(comment: Comment) -> bool:
    """What the service says. Raises ServiceAway."""
    if cache.get(AWAY):
        raise ServiceAway
    try:
        answer = _post(f"{settings.AKISMET_URL}/1.1/comment-check", _facts(comment))
    except (OSError, http.client.HTTPException, ValueError) as error:
        _note_away(error.__class__.__name__, error)
    if answer not in {"true", "false"}:
        _note_away(f"it said {answer[:40]!r}", None)
    return answer == "true"


def _post(address: str, facts: dict[str, str]) -> str:
    body = urlencode({"api_key": settings.AKISMET_KEY, **facts}).encode()
    request = urllib.request.Request(address, data=body, headers={"User-Agent": "Byline/1.0"})  # noqa: S310 - http(s), by `env.address`
    with urllib.request.build_opener(_NoRedirects).open(request, timeout=SECONDS) as response:
        return bytes(response.read(_LONGEST_ANSWER)).decode("utf-8", "replace").strip()


def _facts(comment: Comment) -> dict[str, str]:
    """What the service is told: the text, where it stands, and what shows of its author. Their e-mail address is kept
    from it; the network address is the one that their newest session was used from, which the protocol demands."""
    author = comment.author
    session = Session.objects.filter(user=author).order_by("-used_at").first() if author else None
    return {
        "blog": settings.PUBLIC_URL,
        "user_ip": (session.address if session else None) or "0.0.0.0",  # noqa: S104 - nobody's address
        "user_agent": session.user_agent if session else "",
        "permalink": comment.post.get_absolute_url(),
        "comment_type": "reply" if comment.parent_id else "comment",
        "comment_author": author.name if author else comment.guest_name,
        "comment_author_url": author.website if author else comment.guest_url,
        "comment_content": comment.body,
        "comment_date_gmt": comment.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "comment_post_modified_gmt": comment.post.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "blog_charset": "UTF-8",
    }


def _note_away(reason: str, error: Exception | None) -> NoReturn:
    cache.set(AWAY, 1, AWAY_SECONDS)
    logger.warning("akismet.away", reason=reason)
    raise ServiceAway(reason) from error
