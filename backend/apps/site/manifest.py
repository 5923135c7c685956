"""`/manifest.webmanifest`: what a browser needs to install the publication as an app."""

import mimetypes
from collections.abc import Iterable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import http_date
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from apps.common.conditional import entity_tag, none_match
from apps.site.languages import supported_language
from apps.site.models import Site
from apps.site.services import get_site

_PAPER = "#faf7f1"
_SHORTEST = 12
"""As much of a name as stands below an icon on a phone."""
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_OWN_ICONS = (
    {"src": "/icon-192.png", "sizes": "192x192", "type": "image/png", "purpose": "any"},
    {"src": "/icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any"},
    {"src": "/icon-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    {"src": "/favicon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The publication's record as a web app manifest. The same for everybody."""
    site = get_site()
    content = orjson.dumps(manifest_of(site))
    tag = entity_tag(site.version, content)
    unchanged = none_match(request.headers.get("If-None-Match", ""), tag)
    response = HttpResponse(b"" if unchanged else content, status=304 if unchanged else 200)
    response.headers["ETag"] = tag
    response.headers["Last-Modified"] = http_date(site.updated_at.timestamp())
    response.headers["Cache-Control"] = "public, max-age=60"
    response.headers["Content-Type"] = "application/manifest+json"
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """`/favicon.ico`: leads to the publication's icon, for feed readers and whoever else reads no document."""
    response = HttpResponseRedirect(icons(get_site().icon_url)[0]["src"])
    response.headers["Cache-Control"] = "public, max-age=3600, s-maxage=60"
    return response


def manifest_of(site: Site) -> dict[str, Any]:
    """What the manifest says of a publication."""
    language = site.language or "en"
    with translation.override(supported_language(language)):
        shortcuts = [
            {"name": gettext("Reading list"), "url": "/reading-list"},
            {"name": gettext("Archive"), "url": "/archive"},
        ]
    return {
        "id": "/",
        "name": site.name,
        "short_name": short_name(site.name),
        "description": site.description,
        "lang": language,
        "dir": "rtl" if language.lower().split("-")[0] in _RIGHT_TO_LEFT else "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": site.accent_color,
        "categories": ["magazines", "news", "books"],
        "icons": icons(site.icon_url),
        "shortcuts": shortcuts,
    }


def short_name(name: str) -> str:
    """The name, or as many whole words of it as fit below an icon; at least one."""
    first, *rest = name.split() or [name]
    return _joined(first, rest)


def _joined(start: str, words: Iterable[str]) -> str:
    for word in words:
        if len(start) + 1 + len(word) > _SHORTEST:
            break
        start = f"{start} {word}"
    return start


def icons(address: str) -> list[dict[str, str]]:
    """The publication's own icon, in whatever size it is; else ours."""
    if not address:
        return list(_OWN_ICONS)
    kind, _ = mimetypes.guess_type(address.split("?", maxsplit=1)[0])
    described = {"type": kind} if kind and kind.startswith("image/") else {}
    return [{"src": address, "sizes": "any", "purpose": "any", **described}]
