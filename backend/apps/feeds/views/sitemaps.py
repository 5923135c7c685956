"""What search engines read: sitemaps and robots.txt."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.feeds.addresses import absolute
from apps.feeds.answers import HOUR, MINUTE, answer, tag_of
from apps.feeds.models import SitemapPart
from apps.feeds.sitemaps import sitemap_index, sitemap_part

_ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /api/
Disallow: /search

Sitemap: {sitemap}
"""
WRITTEN_BY = 1
"""Raised with every change of how files of the sitemap are written."""
_LONGEST_NUMBER = 6


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index."""
    modified = SitemapPart.objects.aggregate(Max("changed_at"))["changed_at__max"]
    return _document(request, sitemap_index(), modified=modified)


@require_safe
def sitemap_file(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """One of the files that the index names."""
    if len(number) > _LONGEST_NUMBER:
        raise Http404
    part = SitemapPart.objects.filter(number=int(number)).first() if kind == "posts" else None
    if part is None:
        return _document(request, sitemap_part(kind, int(number)))
    # What is noted of the posts in it tells whether it is another one, without reading them.
    tag = tag_of(WRITTEN_BY, settings.PUBLIC_URL, kind, part.number, part.changed_at)
    return _answer(request, lambda: sitemap_part(kind, part.number), tag=tag, modified=part.changed_at)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What is worth their while, and where the sitemap is. No secret is kept here: it only says what not to read."""
    text = _ROBOTS.format(sitemap=absolute("/sitemap.xml")).encode()
    return answer(request, lambda: text, content_type="text/plain", tag=tag_of(text), max_age=HOUR, shared_max_age=HOUR)


def _document(request: HttpRequest, content: bytes, *, modified: datetime | None = None) -> HttpResponse:
    return _answer(request, lambda: content, tag=tag_of(content), modified=modified)


def _answer(request: HttpRequest, render: Callable[[], bytes], *, tag: str, modified: datetime | None) -> HttpResponse:
    return answer(
        request,
        render,
        content_type="application/xml",
        tag=tag,
        modified=modified,
        max_age=10 * MINUTE,
        shared_max_age=MINUTE,
    )
