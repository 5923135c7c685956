"""Preview links: whoever has the secret of one reads the post before it is public, without an account.

Only a digest of the secret is kept. It is shown once, when the link is made, in the part of the address that browsers
keep to themselves.
"""

import hashlib
import secrets
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.clients import Client
from apps.accounts.guessing import Guarded, count_try, take_back
from apps.accounts.models import User
from apps.common.errors import InvalidState
from apps.common.markup import reading_minutes
from apps.common.periodic import every
from apps.media.rendering import picture_at
from apps.posts.content import Content, changes_from
from apps.posts.errors import PreviewGone
from apps.posts.models import Post, PreviewLink, WorkingCopy
from apps.posts.policies import can_edit_post
from apps.posts.services.rendering import html_of
from apps.posts.services.working_copies import content_in
from apps.posts.services.writing import PLAIN_FIELDS, lock_post
from apps.tags.models import Tag
from apps.tags.services import tag_slugs

logger = structlog.get_logger(__name__)

LONGEST_DAYS = 90
MAX_LINKS = 50
"""At once, for one post."""
LONGEST_SECRET = 100
USE_NOTED_EVERY = timedelta(minutes=1)


def standing_links(post: Post) -> QuerySet[PreviewLink]:
    """The links to this post that still lead there."""
    return PreviewLink.objects.filter(post=post, expires_at__gt=timezone.now()).select_related("author")


@transaction.atomic
def make_preview_link(*, post: Post, author: User, name: str, days: int) -> tuple[PreviewLink, str]:
    """A new link and its address, which is kept nowhere."""
    post = lock_post(post)  # two at once count one another
    if standing_links(post).count() >= MAX_LINKS:
        raise InvalidState(f"The post has {MAX_LINKS} preview links already. Revoke one first.")
    secret = secrets.token_urlsafe(32)
    now = timezone.now()
    link = PreviewLink.objects.create(
        post=post,
        author=author,
        name=name,
        digest=_digest(secret),
        created_at=now,
        expires_at=now + timedelta(days=min(days, LONGEST_DAYS)),
    )
    return link, f"{settings.PUBLIC_URL}/preview#{secret}"


def previewed_post(*, secret: str, client: Client) -> tuple[Post, PreviewLink, bool]:
    """The post as readers would get it if what is written now were published, the link, and whether that comes from a
    working copy. Raises PreviewGone where the secret opens nothing, TooManyAttempts for who tries many of them."""
    address = client.address or ""
    count_try(address=address, guarded=Guarded.PREVIEW)
    link = _find(secret)
    if link is None:
        raise PreviewGone
    take_back(address=address, guarded=Guarded.PREVIEW)
    _note_use(link)
    post: Post = Post.objects.with_relations().get(pk=link.post_id)
    if not can_edit_post(link.author, post):
        raise PreviewGone
    working_copy = WorkingCopy.objects.filter(post=post).first()
    if working_copy is not None:
        _apply(post, content_in(working_copy))
    return post, link, working_copy is not None


@every(hours=1)
def forget_expired_preview_links() -> int:
    """Delete links that lead nowhere any more. Returns how many."""
    deleted, _ = PreviewLink.objects.filter(expires_at__lte=timezone.now()).delete()
    return int(deleted)


def _digest(secret: str) -> str:
    """What is stored of a secret; it is random enough that a plain digest keeps it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _find(secret: str) -> PreviewLink | None:
    """A link stands until it expires, as long as whoever made it may sign in and the post is not thrown away. (And may
    edit the post: that is asked when the post is at hand.)"""
    links = PreviewLink.objects.filter(digest=_digest(secret), expires_at__gt=timezone.now(), author__is_active=True)
    return links.exclude(post__status=Post.Status.TRASHED).select_related("author").first()


def _note_use(link: PreviewLink) -> None:
    """To the minute. A database that takes no writes just now is no reason to refuse a read."""
    now = timezone.now()
    if link.used_at is not None and link.used_at > now - USE_NOTED_EVERY:
        return
    try:
        PreviewLink.objects.filter(pk=link.pk).update(used_at=now)
    except OperationalError:
        logger.warning("preview.use_not_noted", link_id=link.pk)


def _apply(post: Post, content: Content) -> None:
    """Show the post with another content. Nothing is saved, and its address stays."""
    changes = changes_from(content)
    for name in PLAIN_FIELDS:
        if name in changes:
            setattr(post, name, changes[name])  # type: ignore[literal-required]
    post.cover_image = picture_at(post.cover_url)
    if "category" in changes:
        post.category = changes["category"]
    slugs = tag_slugs(content["tags"], limit=None)
    names = dict(Tag.objects.filter(slug__in=slugs).values_list("slug", "name"))
    post.tag_names = [[slug, names.get(slug, text)] for slug, text in slugs.items()]
    post.body_html = html_of(post.body, post.body_format)
    post.reading_minutes = reading_minutes(post.body_html)
