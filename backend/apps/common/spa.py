"""The embedded shape serves the SPA's files and uploaded ones itself. In production Nginx does, by the same rules."""

import mimetypes
import re
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, re_path
from django.views.decorators.http import require_safe
from django.views.static import serve

_GENERATED_FOLDER = re.compile(r"/[0-9a-f]{24}/")
"""In a path below /media: the files of one upload, whose content never changes."""
_HASHED = re.compile(r"-[A-Za-z0-9_-]{8,}\.\w+$")
for _extension, _kind in ((".webp", "image/webp"), (".avif", "image/avif")):
    mimetypes.add_type(_kind, _extension)  # not every Python knows them by itself


def spa_patterns() -> list[URLPattern]:
    """Uploaded files, and the SPA's."""
    return [
        re_path(r"^media/(?P<path>.+)$", media),
        re_path(r"^(?P<path>assets/.+|[\w.-]+\.(?:ico|svg|png|txt|js|webmanifest|woff2))$", spa_file),
    ]


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """An uploaded file, which must never act as a page of ours. One that is kept in a bucket is found there."""
    if settings.MEDIA_ELSEWHERE and not (Path(settings.MEDIA_ROOT) / path).is_file():
        bucket = HttpResponseRedirect(f"{settings.MEDIA_ELSEWHERE}/{quote(path)}")
        bucket.headers["Cache-Control"] = "public, max-age=86400"
        return bucket
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    for_ever = _GENERATED_FOLDER.search(path)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if for_ever else "public, max-age=86400"
    return response


@require_safe
def spa_file(request: HttpRequest, path: str) -> HttpResponseBase:
    response = serve(request, path, document_root=str(settings.SPA_DIR))
    if path.startswith("assets/") and _HASHED.search(path):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache" if path == "sw.js" else "public, max-age=3600"
    return response
