"""The feeds that there are: all posts, those of a tag, a category, a series or an author."""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from apps.accounts.models import User
from apps.accounts.validators import USERNAME_PATTERN
from apps.common.addresses import address_of, path_of
from apps.common.pagination import paginate_together
from apps.common.slugs import is_slug
from apps.feeds.addresses import absolute, author_address, lasting_id, post_address
from apps.feeds.entries import Channel, Entry, Person, Term
from apps.feeds.html import readable_elsewhere
from apps.posts.filters import posts_for
from apps.posts.models import Post, Series
from apps.posts.querysets import load_co_authors, load_tags
from apps.site.services import get_site
from apps.tags.models import Category, Tag

ENTRIES = 30


def site_channel() -> Channel:
    """The newest posts."""
    site = get_site()
    return _posts_channel("", title=site.name, description=site.description or site.name)


def tag_channel(slug: str) -> Channel:
    """Posts with a tag. Raises Http404."""
    tag = Tag.objects.filter(slug=slug).first() if is_slug(slug) else None
    if tag is None:
        raise Http404
    return _posts_channel(path_of("tags", tag.slug), title=tag.name, description=tag.description, tag=tag.slug)


def category_channel(slug: str) -> Channel:
    """Posts in a category and below it. Raises Http404."""
    found = Category.objects.filter(slug=slug).first() if is_slug(slug) else None
    if found is None:
        raise Http404
    path = path_of("categories", found.slug)
    return _posts_channel(path, title=found.name, description=found.description, category=found.slug)


def series_channel(slug: str) -> Channel:
    """The parts of a series, the newest first. Raises Http404."""
    found = Series.objects.visible_to(None).filter(slug=slug).first() if is_slug(slug) else None
    if found is None:
        raise Http404
    path = path_of("series", found.slug)
    return _posts_channel(path, title=found.title, description=found.description, series=found.slug)


def author_channel(username: str) -> Channel:
    """Posts that somebody wrote, alone or with others. Raises Http404 for whom nobody may see."""
    is_name = re.fullmatch(USERNAME_PATTERN, username) is not None
    person = User.objects.visible_to(None).named(username).first() if is_name else None
    if person is None:
        raise Http404
    path = path_of("authors", person.username)
    return _posts_channel(path, title=person.name, description=person.bio, author=person.username)


def _posts_channel(path: str, *, title: str, description: str, **query: Any) -> Channel:
    site = get_site()
    posts = newest_posts(**query)
    return Channel(
        path=f"{path}/feed",
        title=f"{title} – {site.name}" if path else title,
        description=description or site.description or site.name,
        page_url=absolute(path or "/"),
        language=site.language,
        icon_url=absolute(site.logo_url) if site.logo_url else "",
        entries=tuple(entry_of(post) for post in posts),
        texts=lambda: texts_of(posts),
    )


def newest_posts(**query: Any) -> list[Post]:
    """The newest posts that everybody may read, without their bodies: at most two queries more where some have several
    authors or a tag has just been renamed."""
    branches, order = posts_for(AnonymousUser(), {"order": "newest", **query})
    rows = [branch.with_relations(with_body=False) for branch in branches]
    posts: list[Post] = list(paginate_together(rows, order, cursor=None, limit=ENTRIES).rows)
    load_co_authors(posts)
    load_tags(posts)
    return posts


def texts_of(posts: Sequence[Post]) -> dict[int, str]:
    """The HTML of these posts as feeds carry it. One query."""
    bases = {post.pk: post_address(post) for post in posts}
    rows = Post.objects.live().filter(pk__in=list(bases)).values_list("pk", "body_html")
    return {pk: readable_elsewhere(html, base=bases[pk]) for pk, html in rows}


def entry_of(post: Post) -> Entry:
    """A post as an entry. Runs no query on those of `newest_posts`."""
    address = post_address(post)
    return Entry(
        key=post.pk,
        stamp=str(post.version),
        id=lasting_id("posts", post.pk, post.created_at.year),
        url=address,
        title=post.title,
        summary=post.excerpt,
        published=post.published_at or post.created_at,
        updated=max(post.updated_at, post.published_at or post.created_at),
        authors=tuple(_person(user) for user in (post.author, *post.co_authors)),
        terms=_terms(post),
        language=post.language,
        image_url=absolute(post.cover_url) if post.cover_url else "",
        image_alt=post.cover_alt,
        comments_feed=f"{address}/feed",
    )


def _person(user: User) -> Person:
    return Person(name=user.name, url=author_address(user.username))


def _terms(post: Post) -> tuple[Term, ...]:
    category = post.category
    first = [Term(name=category.name, url=address_of("categories", category.slug))] if category else []
    return (*first, *(Term(name=name, url=address_of("tags", slug)) for slug, name in post.shown_tags))


def feed_address(channel: Channel, kind: str) -> str:
    """Where the feed itself is."""
    return absolute(f"{settings.PUBLIC_URL}{channel.path}.{kind}")
