"""Writing standing pages."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.common.conditional import check_version
from apps.common.markup import render
from apps.common.models import Priority
from apps.common.outbox import record, subscribe
from apps.common.slugs import slugify, unused
from apps.media.models import Image
from apps.media.rendering import with_pictures
from apps.media.services import IMAGE_READY
from apps.media.usage import named_in, shows_images
from apps.pages.models import Page

_FIELDS = frozenset(
    {
        "title",
        "slug",
        "body",
        "body_format",
        "status",
        "in_navigation",
        "position",
        "language",
        "import_key",
        "created_at",
        "updated_at",
    }
)


@transaction.atomic
def save_page(*, page: Page | None = None, expected: set[int] | None = None, **changes: Any) -> Page:
    """Create a page, or change one at one of the versions that the caller saw. Renders the body."""
    unknown = changes.keys() - _FIELDS
    if unknown:
        raise TypeError(f"a page has no {', '.join(sorted(unknown))}")
    if page is None:
        page = Page(version=0)
    else:
        page = Page.objects.select_for_update().get(pk=page.pk)
        check_version(page.version, expected)
    for name, value in changes.items():
        setattr(page, name, value)
    if not page.slug:
        base = slugify(page.title, max_length=100) or "page"
        page.slug = unused(base, lambda slug: Page.objects.filter(slug=slug).exists(), max_length=100)
    page.body_html = _html_of(page)
    page.version += 1
    page.updated_at = changes.get("updated_at") or timezone.now()
    page.save()
    record("pages.saved", {"page_id": page.pk, "version": page.version})
    return page


@subscribe(IMAGE_READY, priority=Priority.PATIENT)
def show_renditions(payload: dict[str, Any]) -> None:
    """Render pages that show the image anew, now that all its renditions are there."""
    image = Image.objects.filter(pk=payload["image_id"]).first()
    if image is not None and named_in(Page.objects.all(), ["body"], [image]):
        rerender_pages()


@shows_images
def shown_on_pages(images: Collection[Image], *, kept: bool) -> set[int]:
    """Images that pages show."""
    return named_in(Page.objects.all(), ["body"], images)


def rerender_pages() -> tuple[int, int]:
    """Render every page by the present rules; it is no edit. Returns how many there are, how many read otherwise."""
    seen = changed = 0
    for page in Page.objects.order_by("pk").iterator():
        seen += 1
        html = _html_of(page)
        if html != page.body_html:
            changed += Page.objects.filter(pk=page.pk, version=page.version).update(body_html=html)
    return seen, changed


def _html_of(page: Page) -> str:
    return with_pictures(render(page.body, page.body_format))
