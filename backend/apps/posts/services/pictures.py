"""Which of our own images posts show. The rows are kept on every save; no image that a post could show again goes."""

from collections.abc import Collection
from typing import Any

from django.core.cache import cache
from django.db import transaction

from apps.common.models import Priority
from apps.common.outbox import subscribe
from apps.common.periodic import every
from apps.media.models import Image
from apps.media.rendering import folders_in
from apps.media.services import IMAGE_READY
from apps.media.usage import shows_images
from apps.posts.content import Content, with_body
from apps.posts.models import Post, PostImage, Revision
from apps.posts.services.rendering import render_body

_CURSOR = "posts:image-links-after"
_BATCH = 200


def note_images(post: Post, content: Content) -> None:
    """The post shows the images that this content names: now, or in its history. At most two queries."""
    folders = _folders(content)
    if not folders:
        return
    images = Image.objects.pictures().filter(folder__in=folders)
    links = [PostImage(post=post, image_id=pk) for pk in images.values_list("pk", flat=True)]
    PostImage.objects.bulk_create(links, ignore_conflicts=True)


@shows_images
def shown_in_posts(images: Collection[Image], *, kept: bool) -> set[int]:
    """Images that posts show. With `kept`, those of anybody's posts and of revisions, too; without, what their owner
    can see: nobody keeps others from deleting their images by naming them in a draft."""
    links = PostImage.objects.filter(image__in=[image.pk for image in images])
    if kept:
        return set(links.values_list("image_id", flat=True))
    by_id = {image.pk: image for image in images}
    found = set()
    for link in links.select_related("post", "post__working_copy").iterator(chunk_size=50):
        image = by_id[link.image_id]
        if image.folder in _present_folders(link.post) and _concerns(image.owner_id, link.post):
            found.add(image.pk)
    return found


@subscribe(IMAGE_READY, priority=Priority.PATIENT)
def show_renditions(payload: dict[str, Any]) -> None:
    """Render posts that show the image anew, now that all its renditions are there. It is no edit."""
    for pk in PostImage.objects.filter(image=payload["image_id"]).values_list("post_id", flat=True):
        with transaction.atomic():
            post: Post | None = Post.objects.select_for_update().filter(pk=pk).first()
            if post is not None:
                render_body(post)
                Post.objects.filter(pk=pk).update(body_html=post.body_html, rendered_with=post.rendered_with)


@every(minutes=10)
def forget_image_links() -> int:
    """Look through some of the rows, and forget those of images that neither the post nor a revision of it names any
    more. Returns how many went."""
    after = cache.get(_CURSOR) or 0
    links = list(
        PostImage.objects.filter(pk__gt=after)
        .select_related("image", "post", "post__working_copy")
        .order_by("pk")[:_BATCH]
    )
    cache.set(_CURSOR, links[-1].pk if len(links) == _BATCH else 0, timeout=None)
    return sum(_forget_unless_named(link) for link in links)


@transaction.atomic
def _forget_unless_named(link: PostImage) -> bool:
    if link.image.folder in _present_folders(link.post):
        return False
    post = Post.objects.select_for_update().filter(pk=link.post_id).first()
    if post is None or link.image.folder in _present_folders(post):
        return False
    for revision in Revision.objects.filter(post=post).iterator(chunk_size=20):
        if link.image.folder in _folders(with_body(revision.content, revision.body)):
            return False
    return bool(PostImage.objects.filter(pk=link.pk).delete()[0])


def _present_folders(post: Post) -> set[str]:
    """Those that the post or its working copy names."""
    found = folders_in(post.body) | folders_in(post.cover_url)
    working_copy = getattr(post, "working_copy", None)
    return found | _folders(with_body(working_copy.content, working_copy.body)) if working_copy else found


def _folders(content: Content) -> set[str]:
    cover = content.get("cover")
    return folders_in(content["body"]) | folders_in(cover["url"] if cover else "")


def _concerns(user_id: int | None, post: Post) -> bool:
    """Whether the post is the user's, or everybody sees it."""
    if user_id is None or post.is_live or post.author_id == user_id:
        return True
    return bool(post.co_author_count and post.co_author_links.filter(user_id=user_id).exists())
