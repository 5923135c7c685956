"""Everything that is stored about somebody, as rows to be written down. No secret is among it: no password or its
hash, no token, no key."""

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from apps.accounts.models import ApiToken, Block, Follow, SecurityEvent, Session, User
from apps.accounts.policies import roles_of
from apps.comments.models import Comment
from apps.media.models import Image
from apps.posts.models import CoAuthor, Post, ReviewNote
from apps.profiles.personal_moderation import moderation_sections
from apps.profiles.personal_notifications import notification_sections
from apps.profiles.personal_reactions import reaction_sections
from apps.site.services import get_site

_CHUNK = 500
_SESSION = "created_at used_at expires_at ended_at confirmed_at methods user_agent address"
_TOKEN = "name hint scopes created_at expires_at last_used_at last_used_address revoked_at"  # noqa: S105 - columns
_IMAGE = "purpose folder files name alt created_at removed_at"


def sections(user: User) -> Iterator[tuple[str, Any]]:
    """Names and contents, in order. Lists are iterators: they are read as they are written."""
    yield "exported_at", timezone.now()
    yield "publication", {"name": get_site().name, "url": settings.PUBLIC_URL}
    yield "account", _account(user)
    sessions = Session.objects.filter(user=user).order_by("created_at")
    yield "sessions", _rows(sessions, _SESSION)
    yield "security_events", _events(user)
    yield "second_factors", _second_factors(user)
    yield "api_tokens", _rows(ApiToken.objects.filter(user=user).order_by("id"), _TOKEN)
    following = Follow.objects.filter(follower=user).annotate(username=F("followed__username"))
    yield "following", _rows(following.order_by("id"), "username created_at")
    blocks = Block.objects.filter(blocker=user).annotate(username=F("blocked__username"))
    yield "blocks", _rows(blocks.order_by("id"), "username created_at")
    yield "posts", _posts(user)
    yield "co_authored_posts", _co_authored(user)
    yield "review_notes", _review_notes(user)
    yield "comments", _comments(user)
    yield from reaction_sections(user)
    yield from notification_sections(user)
    yield from moderation_sections(user)
    yield "images", _rows(Image.objects.filter(owner=user).order_by("id"), _IMAGE)


def file_of(post: Post) -> str:
    """The name of a post's file. Slugs are unique, and hold letters, digits, marks, hyphens and underscores alone."""
    return f"{post.slug}.{'html' if post.body_format == Post.BodyFormat.HTML else 'md'}"


def _rows(queryset: QuerySet[Any], fields: str) -> Iterator[dict[str, Any]]:
    return iter(queryset.values(*fields.split()).iterator(chunk_size=_CHUNK))


def _account(user: User) -> dict[str, Any]:
    return {
        "id": user.pk,
        "username": user.username,
        "email": user.email,
        "email_verified_at": user.email_verified_at,
        "display_name": user.display_name,
        "bio": user.bio,
        "website": user.website,
        "language": user.language,
        "links": user.links,
        "avatar_url": user.avatar_url,
        "roles": roles_of(user),
        "superuser": user.is_superuser,
        "created_at": user.date_joined,
        "last_sign_in_at": user.last_login,
        "post_count": user.post_count,
        "comment_count": user.comment_count,
        "follower_count": user.follower_count,
        "silenced_until": user.silenced_until,
        "suspended_until": user.suspended_until,
        "deletion_due_at": user.deletion_due_at,
        "deletion_choice": user.deletion_choice,
    }


def _events(user: User) -> Iterator[dict[str, Any]]:
    """Where administrators did something from is about them, and left out."""
    for event in SecurityEvent.objects.filter(user=user).order_by("id").iterator(chunk_size=_CHUNK):
        own = event.by_id is None
        yield {
            "created_at": event.created_at,
            "kind": event.kind,
            "detail": event.detail,
            "by_owner": own,
            "user_agent": event.user_agent if own else "",
            "address": event.address if own else None,
        }


def _second_factors(user: User) -> Iterator[dict[str, Any]]:
    for row in Authenticator.objects.filter(user=user).order_by("id"):
        name = row.data.get("name", "") if row.type == Authenticator.Type.WEBAUTHN else ""
        yield {"type": row.type, "name": name, "created_at": row.created_at, "last_used_at": row.last_used_at}


def _posts(user: User) -> Iterator[dict[str, Any]]:
    posts = (
        Post.objects.filter(author=user).order_by("id").only("slug", "title", "body_format", "status", "published_at")
    )
    for post in posts.iterator(chunk_size=_CHUNK):
        yield {"title": post.title, "status": post.effective_status, "file": f"posts/{file_of(post)}"}


def _co_authored(user: User) -> Iterator[dict[str, Any]]:
    """Where, and not what: the text is in the archive of whoever began the post."""
    links = CoAuthor.objects.filter(user=user).select_related("post").order_by("id")
    for link in links.only("created_at", "post__title", "post__slug").iterator(chunk_size=_CHUNK):
        yield {"title": link.post.title, "url": link.post.get_absolute_url(), "since": link.created_at}


def _review_notes(user: User) -> Iterator[dict[str, Any]]:
    notes = ReviewNote.objects.filter(author=user).annotate(post_title=F("post__title")).order_by("id")
    return _rows(notes, "post_title kind body quote created_at resolved_at")


def _comments(user: User) -> Iterator[dict[str, Any]]:
    comments = Comment.objects.filter(author=user).select_related("post", "parent", "parent__author").order_by("id")
    shown = comments.only(
        "body",
        "status",
        "like_count",
        "created_at",
        "edited_at",
        "post__title",
        "post__slug",
        "parent__body",
        "parent__status",
        "parent__guest_name",
        "parent__author__username",
        "parent__author__display_name",
    )
    for comment in shown.iterator(chunk_size=_CHUNK):
        yield {
            "id": comment.pk,
            "post": {"title": comment.post.title, "url": comment.post.get_absolute_url()},
            "in_reply_to": _answered(comment.parent),
            "body": comment.body,
            "status": comment.status,
            "like_count": comment.like_count,
            "created_at": comment.created_at,
            "edited_at": comment.edited_at,
        }


def _answered(parent: Comment | None) -> dict[str, Any] | None:
    """What a comment answers, as far as everybody sees it."""
    if parent is None:
        return None
    if parent.status != Comment.Status.VISIBLE:
        return {"id": parent.pk}
    return {"id": parent.pk, "author": parent.author.name if parent.author else parent.guest_name, "body": parent.body}
