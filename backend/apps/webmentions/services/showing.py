"""A mention as a guest's comment: it waits in the moderators' queue, and is decided on like any other."""

import re
from urllib.parse import quote, urljoin, urlsplit

from django.utils import timezone

from apps.comments.models import Comment
from apps.comments.services import Guest, Origin, add_comment, delete_comment, edit_comment, moderate_comment
from apps.moderation.services.cases import open_case
from apps.webmentions.models import ReceivedMention
from apps.webmentions.reading import Found

HOLDS = "Webmention"
"""What the log of moderation calls it that a mention which was shown waits anew."""
_LONGEST_GUEST_URL = 300
_IN_ADDRESS = "/%:@!$&()*+,;=~-._?'"
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def show_mention(mention: ReceivedMention, found: Found) -> None:
    """Hold it for a moderator. One that is known and says something else now is held anew. The caller saves the row."""
    body = body_of(mention.source, found)
    comment = mention.comment
    if comment is None or comment.status == Comment.Status.DELETED:
        mention.comment = _added(mention, found, body)
    elif comment.body != body:
        if comment.status == Comment.Status.VISIBLE:
            held = moderate_comment(comment=comment, status=Comment.Status.PENDING)
            open_case(comment=held, rule_name=HOLDS)
        edit_comment(comment=comment, body=body)


def take_mention_back(mention: ReceivedMention) -> None:
    """The page does not mention the post any more. What moderators have put away stays there."""
    comment = mention.comment
    if comment is not None and comment.status in {Comment.Status.VISIBLE, Comment.Status.PENDING}:
        delete_comment(comment=comment)


def body_of(source: str, found: Found) -> str:
    """The comment's text. What the page says has no meaning as Markdown; its one link is to the page."""
    host = urlsplit(source).hostname or source
    link = f"[{_plain(found.title or host)}](<{quote(source, safe=_IN_ADDRESS)}>)"
    return f"{_plain(found.excerpt)}\n\n{link}" if found.excerpt else link


def _added(mention: ReceivedMention, found: Found, body: str) -> Comment:
    host = urlsplit(mention.source).hostname or ""
    return add_comment(
        post=mention.post,
        author=None,
        body=body,
        guest=Guest(name=(found.author or host)[:120], url=_guest_url(mention.source)),
        origin=Origin(
            import_key=f"webmention:{mention.pk}:{timezone.now():%Y%m%d%H%M%S%f}",
            created_at=timezone.now(),
            status=Comment.Status.PENDING,
        ),
    )


def _guest_url(source: str) -> str:
    """The page, or its site where the page's address is longer than can be kept."""
    return next((url for url in (source, urljoin(source, "/")) if len(url) <= _LONGEST_GUEST_URL), "")


def _plain(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))
