"""Feeds over HTTP."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from apps.common.errors import Moved
from apps.common.markup import RULES_VERSION
from apps.feeds.answers import answer, tag_of
from apps.feeds.channels import (
    author_channel,
    category_channel,
    feed_address,
    series_channel,
    site_channel,
    tag_channel,
)
from apps.feeds.discussions import comments_channel, discussion_channel
from apps.feeds.entries import KINDS, Channel
from apps.feeds.formats import FORMATS

WRITTEN_BY = 1
"""Raised with every change of how feeds are written, so that readers fetch them anew."""
CHANNELS: dict[str, Callable[..., Channel]] = {
    "site": site_channel,
    "tag": tag_channel,
    "category": category_channel,
    "series": series_channel,
    "author": author_channel,
    "comments": comments_channel,
    "discussion": discussion_channel,
}


@require_safe
def feed(request: HttpRequest, channel: str, kind: str, **where: str) -> HttpResponse:
    """One of the feeds. What is read to tell whether it has changed holds no text."""
    try:
        found = CHANNELS[channel](**where)
    except Moved as moved:
        return HttpResponsePermanentRedirect(f"{moved.location}/feed.{kind}")
    own = feed_address(found, kind)
    hub = (f'<{settings.WEBSUB_HUB}>; rel="hub"',) if settings.WEBSUB_HUB else ()
    return answer(
        request,
        lambda: FORMATS[kind](found),
        content_type=KINDS[kind],
        tag=tag_of(WRITTEN_BY, RULES_VERSION, kind, settings.WEBSUB_HUB, own, found),
        modified=found.updated,
        links=(f'<{own}>; rel="self"', *hub),
    )
