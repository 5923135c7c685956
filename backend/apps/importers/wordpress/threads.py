"""Comments of an item: in the order of their time, each after the one that it replies to."""

from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.accounts.models.user import web_url
from apps.comments.models import Comment
from apps.comments.services import Guest, Origin, add_comment
from apps.importers.wordpress.context import Context
from apps.importers.wordpress.keys import limited_key
from apps.importers.wordpress.markup import convert_comment
from apps.importers.wordpress.records import WxrComment, WxrItem, read_comment
from apps.importers.wordpress.summary import Summary
from apps.posts.models import Post

MAX_BODY = 10_000
MAX_SOURCE = 100_000
PINGS = {"pingback", "trackback"}
STATES = {
    "1": Comment.Status.VISIBLE,
    "approve": Comment.Status.VISIBLE,
    "approved": Comment.Status.VISIBLE,
    "spam": Comment.Status.SPAM,
    "trash": Comment.Status.REMOVED,
    "post-trashed": Comment.Status.REMOVED,
}
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def import_comments(item: WxrItem, post: Post, context: Context) -> None:
    """Add the comments that are not there yet. Runs in the transaction of its item."""
    summary = context.summary
    comments = _in_order(_wanted(item, summary))
    if not comments:
        return
    keys = {comment.number: limited_key(context.site.key, "comment", comment.number) for comment in comments}
    present = Comment.objects.filter(post=post, import_key__isnull=False)
    by_key: dict[str, Comment] = {str(comment.import_key): comment for comment in present}
    for comment in comments:
        key = keys[comment.number]
        if key in by_key:
            summary.unchanged["comments"] += 1
            continue
        body = _body_of(comment)
        if not body:
            summary.skip("comments", "without text")
            continue
        parent = by_key.get(keys.get(comment.parent, ""))
        author = context.authors.of_number(comment.user)
        by_key[key] = add_comment(
            post=post,
            author=author,
            body=body,
            parent=parent,
            guest=None if author else _guest(comment),
            origin=Origin(
                import_key=key,
                created_at=min(comment.created_at or post.created_at, timezone.now()),
                status=STATES.get(comment.approved, Comment.Status.PENDING),
            ),
        )
        summary.imported["comments"] += 1


def count_comments(item: WxrItem, summary: Summary, reason: str) -> None:
    """Count comments that have nowhere to go."""
    for _ in _wanted(item, summary):
        summary.skip("comments", reason)


def _wanted(item: WxrItem, summary: Summary) -> list[WxrComment]:
    """What people wrote; notices of machines are counted and left out."""
    wanted = []
    for place, element in enumerate(item.comment_elements):
        comment = read_comment(element, nameless=f"{item.key}-{place}")
        if comment.kind in PINGS:
            summary.skip("comments", "pingbacks and trackbacks")
        elif comment.kind != "comment":
            summary.skip("comments", f"of the type {comment.kind[:40]}")
        else:
            wanted.append(comment)
    return wanted


def _in_order(comments: list[WxrComment]) -> list[WxrComment]:
    """By time, but a reply never before its parent. Circles are cut, doubles left out."""

    def age(comment: WxrComment) -> tuple[datetime, int]:
        return comment.created_at or _LONG_AGO, int(comment.number) if comment.number.isdecimal() else 0

    by_number: dict[str, WxrComment] = {}
    for comment in comments:
        by_number.setdefault(comment.number, comment)
    ordered: dict[str, WxrComment] = {}
    for number, comment in sorted(by_number.items(), key=lambda pair: age(pair[1])):
        chain = {number: comment}
        while comment.parent in by_number and comment.parent not in ordered and comment.parent not in chain:
            comment = by_number[comment.parent]  # noqa: PLW2901 - walks up the thread
            chain[comment.number] = comment
        for key in reversed(chain):
            ordered.setdefault(key, chain[key])
    return list(ordered.values())


def _body_of(comment: WxrComment) -> str:
    body = convert_comment(comment.body[:MAX_SOURCE])
    return body if len(body) <= MAX_BODY else body[: MAX_BODY - 1].rstrip("\\") + "…"


def _guest(comment: WxrComment) -> Guest:
    email = comment.email if len(comment.email) <= 254 else ""
    return Guest(name=comment.name[:120] or "Anonymous", email=email, url=_url(comment))


def _url(comment: WxrComment) -> str:
    """The guest's website, if it is one."""
    try:
        web_url(comment.url)
    except ValidationError:
        return ""
    return comment.url if len(comment.url) <= 300 else ""
