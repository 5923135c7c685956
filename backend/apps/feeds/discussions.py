"""The feeds of comments: all of them, and those on one post."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from apps.comments.models import Comment
from apps.common.addresses import path_of
from apps.common.errors import Moved
from apps.common.slugs import is_slug
from apps.feeds.addresses import absolute, author_address, comment_address, lasting_id, post_address
from apps.feeds.channels import ENTRIES
from apps.feeds.entries import Channel, Entry, Person
from apps.feeds.html import readable_elsewhere
from apps.posts.models import Post
from apps.site.languages import site_language
from apps.site.services import get_site

_COLUMNS = ("post__slug", "post__title", "post__created_at", "post__language")
Status = Comment.Status


def comments_channel() -> Channel:
    """The newest comments under all posts."""
    site = get_site()
    # Asked of each comment: as a list of posts, databases begin with those, and sort all that was ever said.
    is_public = Exists(Post.objects.live().filter(pk=OuterRef("post_id")))
    rows = Comment.objects.filter(is_public, status=Status.VISIBLE).order_by("-id")
    comments = list(rows.select_related("author", "post").only(*_shown())[:ENTRIES])
    with translation.override(site_language()):
        return Channel(
            path="/comments/feed",
            title=_("Comments – %(site)s") % {"site": site.name},
            description=_("The newest comments on all posts."),
            page_url=absolute("/"),
            language=site.language,
            entries=tuple(_entry(comment) for comment in comments),
            texts=lambda: _texts(comments),
        )


def discussion_channel(slug: str) -> Channel:
    """The newest comments under one post. Raises Http404, and Moved for a slug that the post once had."""
    post = _post_at(slug)
    rows = Comment.objects.arrived_in(post.pk).filter(status=Status.VISIBLE).order_by("-post_id", "-id")
    comments = list(rows.select_related("author", "post").only(*_shown())[:ENTRIES])
    with translation.override(site_language()):
        return Channel(
            path=f"{path_of('posts', post.slug)}/feed",
            title=_("Comments on “%(title)s”") % {"title": _name_of(post)},
            description=_("The newest comments on “%(title)s”.") % {"title": _name_of(post)},
            page_url=post_address(post),
            language=post.language,
            entries=tuple(_entry(comment) for comment in comments),
            texts=lambda: _texts(comments),
        )


def _post_at(slug: str) -> Post:
    if not is_slug(slug):
        raise Http404
    posts = Post.objects.visible_to(None).only("slug", "title", "language")
    post: Post | None = posts.filter(slug=slug).first()
    if post is None:
        post = posts.filter(slugs__slug=slug).first()
        if post is None:
            raise Http404
        raise Moved(post_address(post))
    return post


def _name_of(post: Post) -> str:
    """What is imported may have no title: then it is called by its address."""
    return post.title or post.slug


def _shown() -> tuple[str, ...]:
    """Without texts: a reader that has them already costs little."""
    own = ("post_id", "author_id", "guest_name", "guest_url", "version", "created_at", "edited_at", "parent_id")
    return (*own, "author__username", "author__display_name", *_COLUMNS)


def _texts(comments: Sequence[Comment]) -> dict[int, str]:
    """The HTML of these comments as feeds carry it. One query."""
    bases = {comment.pk: post_address(comment.post) for comment in comments}
    rows = Comment.objects.filter(pk__in=list(bases), status=Status.VISIBLE).values_list("pk", "body_html")
    return {pk: readable_elsewhere(html, base=bases[pk]) for pk, html in rows}


def _entry(comment: Comment) -> Entry:
    author = comment.author
    if author is not None:
        person = Person(name=author.name, url=author_address(author.username))
    else:
        is_address = comment.guest_url.startswith(("https://", "http://"))
        person = Person(name=comment.guest_name, url=absolute(comment.guest_url) if is_address else "")
    post = comment.post
    return Entry(
        key=comment.pk,
        stamp=str(comment.version),
        id=lasting_id("comments", comment.pk, comment.created_at.year),
        url=comment_address(comment),
        title=_("%(name)s on “%(title)s”") % {"name": person.name, "title": _name_of(post)},
        published=comment.created_at,
        updated=comment.edited_at or comment.created_at,
        authors=(person,),
        language=post.language,
        answers=(lasting_id("posts", post.pk, post.created_at.year), post_address(post)),
    )
