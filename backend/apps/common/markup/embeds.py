"""Addresses that become frames or cards: videos on YouTube and Vimeo, and posts of this publication.

Nothing is loaded by the text itself. It says only which of the known providers, and which of its works; whoever shows
the text builds the address of a frame from these two, so that no text can name another host.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.conf import settings

from apps.common.slugs import is_slug

IDS: dict[str, Callable[[str], object]] = {
    "youtube": re.compile(r"[\w-]{11}", re.ASCII).fullmatch,
    "vimeo": re.compile(r"\d{4,12}(?:/[0-9a-f]{6,16})?", re.ASCII).fullmatch,
    "post": is_slug,
}
"""Of each provider, what tells its ids. Vimeo's unlisted videos have a second part."""
_YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "www.youtube-nocookie.com"}
_VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
_START = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII)


@dataclass(frozen=True)
class Embed:
    """A work at a provider. `start`: seconds into a video."""

    kind: str
    id: str
    start: int = 0


def is_embed_id(value: str) -> bool:
    """Whether any provider could have given this id."""
    return any(fits(value) for fits in IDS.values())


def embed_of(url: str) -> Embed | None:
    """What the address leads to, if that is something we embed."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if not host and not parts.scheme:
        return _own_post(parts)
    if f"{parts.scheme}://{parts.netloc}" == settings.PUBLIC_URL:
        return _own_post(parts)
    if parts.scheme not in {"http", "https"}:
        return None
    if host == "youtu.be":
        return _youtube(parts, parts.path[1:])
    if host in _YOUTUBE_HOSTS:
        return _youtube(parts, _youtube_id(parts))
    if host in _VIMEO_HOSTS:
        return _vimeo(parts)
    return None


def _known(kind: str, identity: str, start: int = 0) -> Embed | None:
    return Embed(kind, identity, start) if IDS[kind](identity) else None


def _own_post(parts: SplitResult) -> Embed | None:
    if parts.query or parts.fragment or not parts.path.startswith("/posts/"):
        return None
    return _known("post", unquote(parts.path.removeprefix("/posts/")))


def _youtube_id(parts: SplitResult) -> str:
    if parts.path == "/watch":
        return parse_qs(parts.query).get("v", [""])[0]
    kind, _, rest = parts.path.removeprefix("/").partition("/")
    return rest if kind in {"shorts", "embed", "live"} else ""


def _youtube(parts: SplitResult, identity: str) -> Embed | None:
    query = parse_qs(parts.query)
    moment = (query.get("t") or query.get("start") or [""])[0]
    found = _START.fullmatch(moment)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return _known("youtube", identity.rstrip("/"), hours * 3600 + minutes * 60 + seconds)


def _vimeo(parts: SplitResult) -> Embed | None:
    identity = parts.path.strip("/").removeprefix("video/")
    secret = parse_qs(parts.query).get("h", [""])[0]
    return _known("vimeo", f"{identity}/{secret}" if secret else identity)
