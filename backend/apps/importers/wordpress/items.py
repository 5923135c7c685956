"""Posts and pages: one transaction each, left alone if they are there already."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apps.common.former_addresses import remember_addresses
from apps.common.slugs import unused
from apps.importers.wordpress.attachments import cover_of, pictures_of
from apps.importers.wordpress.context import Context
from apps.importers.wordpress.keys import limited_key
from apps.importers.wordpress.markup import convert_article
from apps.importers.wordpress.records import WxrItem, read_slug
from apps.importers.wordpress.summary import Summary
from apps.importers.wordpress.threads import count_comments, import_comments
from apps.pages.models import Page
from apps.pages.services import save_page
from apps.posts.models import Post
from apps.posts.querysets import LIVE_STATUSES
from apps.posts.services import PostChanges
from apps.posts.services.importing import PostOrigin, import_post

MAX_BODY = 500_000
MAX_TITLE = 300
MAX_EXCERPT = 600
PUBLIC = {"publish", "future"}
LEFT_BEHIND = {"trash": "in the bin", "auto-draft": "never saved"}


def import_item(item: WxrItem, context: Context) -> None:
    """Take a post or a page; count what is neither."""
    kind = {"post": "posts", "page": "pages"}.get(item.kind)
    if kind is None:
        context.summary.skip("other items", f"of the type {item.kind[:40]}")
    elif item.is_oversize or len(item.body) > MAX_BODY:
        context.summary.skip(kind, "too long")
        context.summary.note(f"Line {item.line}: {item.label} is too long.")
    elif item.status in LEFT_BEHIND:
        context.summary.skip(kind, LEFT_BEHIND[item.status])
        count_comments(item, context.summary, "on what was left out")
    elif kind == "posts":
        _take_post(item, context)
    else:
        _take_page(item, context)


@transaction.atomic
def _take_post(item: WxrItem, context: Context) -> None:
    key = limited_key(context.site.key, item.key)
    post = Post.objects.filter(import_key=key).first()
    if post:
        context.summary.unchanged["posts"] += 1
    else:
        post = _write_post(item, key, context)
        context.summary.imported["posts"] += 1
        context.summary.statuses[post.status] += 1
    if post.status in LIVE_STATUSES and item.status in PUBLIC:
        remember_addresses(item.addresses, home=f"/posts/{post.slug}")
    import_comments(item, post, context)


def _write_post(item: WxrItem, key: str, context: Context) -> Post:
    cover_url, cover_alt = cover_of(item, context.site)
    category, tags = context.terms.place(item)
    changes = PostChanges(
        title=shortened(item.title, MAX_TITLE),
        excerpt=shortened(item.excerpt, MAX_EXCERPT),
        body=_body_of(item, context),
        body_format=Post.BodyFormat.HTML,
        category=category,
        cover_url=cover_url,
        cover_alt=cover_alt,
        language=context.language,
        comment_policy=Post.CommentPolicy.CLOSED if item.comments_closed else Post.CommentPolicy.OPEN,
        featured=item.is_sticky,
    )
    status, published_at = _status_of(item, context.summary)
    origin = PostOrigin(
        import_key=key,
        status=status,
        created_at=min(item.created_at or timezone.now(), timezone.now()),
        updated_at=item.updated_at,
        published_at=published_at,
        slug=read_slug(item.slug),
        former_slugs=[read_slug(slug) for slug in item.meta.get("_wp_old_slug", [])],
    )
    return import_post(author=context.authors.of_login(item.login), changes=changes, tags=tags, origin=origin)


def _status_of(item: WxrItem, summary: Summary) -> tuple[str, datetime | None]:
    """The state here of what WordPress calls publish, future, draft, pending, private or inherit."""
    if item.has_password:
        summary.note(f"{item.label} is protected by a password; it became a draft.")
        return Post.Status.DRAFT, None
    if item.status not in PUBLIC:
        return Post.Status.DRAFT, None
    published_at = item.created_at or timezone.now()
    return (Post.Status.SCHEDULED if published_at > timezone.now() else Post.Status.PUBLISHED), published_at


@transaction.atomic
def _take_page(item: WxrItem, context: Context) -> None:
    key = limited_key(context.site.key, item.key)
    count_comments(item, context.summary, "on pages, which take none here")
    page = Page.objects.filter(import_key=key).first()
    if page:
        context.summary.unchanged["pages"] += 1
    else:
        page = _write_page(item, key, context)
        context.summary.imported["pages"] += 1
    if page.status == Page.Status.PUBLISHED:
        remember_addresses(item.addresses, home=f"/pages/{page.slug}")


def _write_page(item: WxrItem, key: str, context: Context) -> Page:
    is_public = item.status == "publish" and not item.has_password
    title = shortened(item.title, MAX_TITLE) or "Untitled"
    slug = read_slug(item.slug)
    if slug:
        slug = unused(slug, lambda text: Page.objects.filter(slug=text).exists(), max_length=100)
    now = timezone.now()
    created_at = min(item.created_at or now, now)
    return save_page(
        title=title,
        slug=slug,
        body=_body_of(item, context),
        body_format=Page.BodyFormat.HTML,
        status=Page.Status.PUBLISHED if is_public else Page.Status.DRAFT,
        in_navigation=False,
        position=item.position,
        language=context.language,
        import_key=key,
        created_at=created_at,
        updated_at=min(item.updated_at or created_at, now),
    )


def _body_of(item: WxrItem, context: Context) -> str:
    return convert_article(item.body, pictures=lambda numbers: pictures_of(item, context.site, numbers))


def shortened(text: str, length: int) -> str:
    """The text cut at a word, with an ellipsis, where it is longer."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > length // 2 else cut).rstrip(" ,.;:–—-") + "…"
