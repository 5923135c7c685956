"""The publication's logo inside a mail: sent along, so that reading a mail fetches nothing from anywhere."""

import base64
from dataclasses import dataclass
from email.mime.image import MIMEImage

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage

MOST_BYTES = 100_000
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}
"""What every mail program can show."""


@dataclass(frozen=True, slots=True)
class Logo:
    """An image and its kind (`png`, `jpeg`, `gif`)."""

    content: bytes
    subtype: str

    def as_attachment(self) -> MIMEImage:
        """To be shown where the HTML says `cid:logo`."""
        part = MIMEImage(self.content, self.subtype)
        part.add_header("Content-ID", "<logo>")
        part.add_header("Content-Disposition", "inline", filename=f"logo.{self.subtype}")
        return part

    def as_address(self) -> str:
        """For previews in a browser."""
        return f"data:image/{self.subtype};base64,{base64.b64encode(self.content).decode()}"


def find_logo(address: str) -> Logo | None:
    """The logo at that address, if it is a small image among our own uploaded files; others are left out, and the
    mail shows the name instead."""
    path = address.removeprefix(settings.PUBLIC_URL)
    if not path.startswith(settings.MEDIA_URL):
        return None
    try:
        with default_storage.open(path.removeprefix(settings.MEDIA_URL)) as file:
            content = bytes(file.read(MOST_BYTES + 1))
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation):
        return None
    kinds = [kind for signature, kind in _SIGNATURES.items() if content.startswith(signature)]
    return Logo(content, kinds[0]) if kinds and len(content) <= MOST_BYTES else None
