"""What search engines read: sitemaps and robots.txt."""

from datetime import datetime

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
    return _document(request, sitemap_part(kind, int(number)), modified=part.changed_at if part else None)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What is worth their while, and where the sitemap is. No secret is kept here: it only says what not to read."""
    text = _ROBOTS.format(sitemap=absolute("/sitemap.xml")).encode()
    return answer(request, lambda: text, content_type="text/plain", tag=tag_of(text), max_age=HOUR, shared_max_age=HOUR)


def _document(request: HttpRequest, content: bytes, *, modified: datetime | None) -> HttpResponse:
    return answer(
        request,
        lambda: content,
        content_type="application/xml",
        tag=tag_of(content),
        modified=modified,
        max_age=10 * MINUTE,
        shared_max_age=MINUTE,
    )
