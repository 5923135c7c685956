"""The built page of the app, and what a render fills into it.

`index.html` names three places, each around what stands there when nothing is filled in:
`<!--byline:head-->…<!--/byline:head-->`, and likewise `app` and `data`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.html import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apps.documents.rendering import Rendered

_PLACE = re.compile(r"<!--byline:(head|app|data)-->(.*?)<!--/byline:\1-->", re.DOTALL)
_HTML_TAG = re.compile(r"<html\b[^>]*>")
_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_HAS_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_TYPE = re.compile(r"\btype\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_RUN = {"text/javascript", "application/javascript", "module", "importmap", "speculationrules"}
NOINDEX = '<meta name="robots" content="noindex">'


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page, and the policy that lets exactly its own inline scripts and styles run."""

    html: str
    policy: str


class NotBuilt(Exception):
    """There is no index.html: the app was never built."""


def filled(rendered: Rendered) -> Page:
    """The page with a render in it."""
    places = {
        "head": rendered.head,
        "app": rendered.html,
        "data": f'<script type="application/json" id="byline-data">{rendered.data}</script>' if rendered.data else "",
    }
    html = _PLACE.sub(lambda match: places[match[1]], _template())
    direction = f' dir="{escape(rendered.dir)}"' if rendered.dir else ""
    tag = f'<html lang="{escape(rendered.lang or "en")}"{direction}>'
    html = _HTML_TAG.sub(lambda _: tag, html, count=1)
    # What people wrote is in the body, where nothing inline may run; only the head and the template are trusted.
    return Page(html, _policy([_PLACE.sub("", _template()), rendered.head]))


def bare(*, noindex: bool) -> Page:
    """The page as it was built, for the app to fill."""
    extra = {"head": NOINDEX} if noindex else {}
    html = _PLACE.sub(lambda match: match[2] + extra.get(match[1], ""), _template())
    return Page(html, _policy([html]))


_last_read: dict[Path, str] = {}


def _template() -> str:
    path = Path(settings.SPA_DIR) / "index.html"
    try:
        _last_read[path] = _read(path, path.stat().st_mtime_ns)
    except OSError:
        if path not in _last_read:  # else it is just being built anew
            raise NotBuilt from None
    return _last_read[path]


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> str:
    return path.read_text(encoding="utf-8")


def _policy(trusted: Iterable[str]) -> str:
    """The site's policy with the hash of each inline script and style that is ours."""
    hashes: dict[str, dict[str, None]] = {"script-src": {}, "style-src": {}}
    for text in trusted:
        for tag, attributes, content in _INLINE.findall(text):
            kind = _TYPE.search(attributes)
            if tag.lower() == "style":
                hashes["style-src"][_hash(content)] = None
            elif not _HAS_SOURCE.search(attributes) and (kind is None or kind[1].lower() in _RUN):
                hashes["script-src"][_hash(content)] = None
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join([*sources, *hashes.get(name, ())])}" for name, sources in directives.items())


@lru_cache(maxsize=64)
def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
