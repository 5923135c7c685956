"""What is in an archive, and writing it: entry by entry, so that memory does not grow with what somebody wrote."""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.media.models import Image
from apps.media.storage import read_file
from apps.posts.models import Post
from apps.profiles import personal_data
from apps.profiles.front_matter import with_front_matter
from apps.site.languages import site_language
from apps.site.services import get_site

_PACKED_ALREADY = (".avif", ".gif", ".jpg", ".jpeg", ".png", ".webp")


def write_archive(user: User, target: Path) -> int:
    """Write the archive to `target` and return its size in bytes. It appears there whole or not at all; several at
    once do not disturb each other."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f"{target.stem}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with ZipFile(file, "w", ZIP_DEFLATED) as archive:
                _fill(archive, user)
            file.flush()
            os.fsync(file.fileno())
        size = part.stat().st_size
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return size


def _fill(archive: ZipFile, user: User) -> None:
    now = timezone.now()
    with translation.override(site_language()):
        context = {"name": user.name, "site_name": get_site().name, "url": settings.PUBLIC_URL, "now": now}
        readme = render_to_string("profiles/export/README.txt", context)
    archive.writestr(_entry("README.txt", now), readme.strip() + "\n")
    with archive.open(_entry("account.json", now), "w", force_zip64=True) as file:
        for piece in _json_pieces(personal_data.sections(user)):
            file.write(piece)
    posts = Post.objects.filter(author=user).defer("body_html").select_related("category").order_by("id")
    for post in posts.iterator(chunk_size=20):
        entry = _entry(f"posts/{personal_data.file_of(post)}", post.updated_at)
        archive.writestr(entry, with_front_matter(post).encode(errors="replace"))
    for path, created_at, content in _images(user):
        archive.writestr(_entry(f"images/{path}", created_at), content)


def _images(user: User) -> Iterator[tuple[str, datetime, bytes]]:
    for image in Image.objects.filter(owner=user, removed_at__isnull=True).order_by("id").iterator():
        for name in image.files:
            content = read_file(image.path(name))
            if content is not None:
                yield image.path(name), image.created_at, content


def _entry(name: str, moment: datetime) -> ZipInfo:
    utc = timezone.localtime(max(moment, datetime(1980, 1, 2, tzinfo=timezone.get_default_timezone())))
    entry = ZipInfo(name, utc.timetuple()[:6])
    entry.compress_type = ZIP_STORED if name.endswith(_PACKED_ALREADY) else ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _json_pieces(sections: Iterable[tuple[str, Any]]) -> Iterator[bytes]:
    """One object of these members; a member that is an iterator becomes a list, written row by row."""
    opening = "{\n"
    for name, value in sections:
        yield f"{opening}{_json(name)}: ".encode()
        opening = ",\n"
        if isinstance(value, Iterator):
            separator = "[\n"
            for row in value:
                yield (separator + _json(row)).encode(errors="replace")
                separator = ",\n"
            yield b"[]" if separator == "[\n" else b"\n]"
        else:
            yield _json(value).encode(errors="replace")
    yield b"\n}\n"


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
