"""Where other programs keep their feeds: who followed a publication before it moved here still asks there."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from apps.feeds.answers import HOUR, MINUTE


@require_safe
def moved(request: HttpRequest, to: str) -> HttpResponse:
    """There is a feed like it at `to`."""
    response = HttpResponsePermanentRedirect(to)
    response.headers["Cache-Control"] = f"public, max-age={HOUR}, s-maxage={MINUTE}"
    return response
