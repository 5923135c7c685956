"""Where other sites tell us that they mention a post."""

import time

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from apps.common.throttling import WINDOW, address_block, tally
from apps.webmentions.services.receiving import NotAccepted, TooMany, note_mention

A_MINUTE = 10
"""Mentions that one caller may tell us of in a minute."""
_LARGEST_FORM = 8 * 1024


@csrf_exempt  # it acts for nobody: no cookie counts here
@require_POST
@never_cache
def webmention(request: HttpRequest) -> HttpResponse:
    """Takes a form with `source` and `target`; 202 says that the page will be looked at."""
    if not settings.WEBMENTIONS:
        raise Http404
    if _is_too_often(request):
        return _says(429, "That was too often. Try again in a minute.", {"Retry-After": str(WINDOW)})
    if request.content_type != "application/x-www-form-urlencoded":
        return _says(415, "Send a form: `source` and `target`, application/x-www-form-urlencoded.")
    if len(request.headers.get("Content-Length", "")) > 6 or len(request.body) > _LARGEST_FORM:
        return _says(413, "The form is too large.")
    try:
        note_mention(source=request.POST.get("source", ""), target=request.POST.get("target", ""))
    except (NotAccepted, BadRequest) as refusal:
        return _says(400, str(refusal))
    except TooMany:
        return _says(503, "Many mentions are waiting to be looked at. Try again later.", {"Retry-After": "600"})
    return _says(202, "Thank you. The page will be looked at, and shown once a moderator agrees.")


def _is_too_often(request: HttpRequest) -> bool:
    if not settings.RATE_LIMITS_ENABLED:
        return False
    who = f"webmention:{address_block(request.META.get('REMOTE_ADDR', ''))}"
    return tally.add(who, window=int(time.time()) // WINDOW, quota=A_MINUTE) > A_MINUTE


def _says(status: int, text: str, headers: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8", headers=headers or {})
