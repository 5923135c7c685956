"""The headers of tus 1.0.0, the protocol for resumable uploads."""

import base64
import binascii
import re
from collections.abc import Mapping
from email.utils import format_datetime

from apps.media.errors import MalformedHeader, OtherTusVersion
from apps.media.models import Upload

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination"
_NUMBER = re.compile(r"\d{1,12}", re.ASCII)
_LONGEST_METADATA = 2000


def check_version(headers: Mapping[str, str]) -> None:
    """Raise OtherTusVersion where the sender speaks another one."""
    if headers.get("Tus-Resumable", VERSION) != VERSION:
        raise OtherTusVersion


def number(headers: Mapping[str, str], name: str) -> int:
    """The header as a whole number. Raises MalformedHeader."""
    value = headers.get(name, "")
    if not _NUMBER.fullmatch(value):
        raise MalformedHeader(f"Send {name} as a whole number of bytes.")
    return int(value)


def metadata(headers: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The header Upload-Metadata as it came, and what it says: `name <base64 of UTF-8>`, separated by commas."""
    text = headers.get("Upload-Metadata", "").strip()
    if len(text) > _LONGEST_METADATA or not text.isascii():
        raise MalformedHeader(f"Upload-Metadata may have {_LONGEST_METADATA} ASCII characters at most.")
    found = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        key, _, value = pair.partition(" ")
        try:
            found[key] = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise MalformedHeader("Upload-Metadata must hold pairs of a name and the base64 of a text.") from error
    return text, found


def headers_of(upload: Upload) -> dict[str, str]:
    """How far an upload is."""
    headers = {
        "Upload-Offset": str(upload.offset),
        "Upload-Length": str(upload.length),
        "Upload-Expires": format_datetime(upload.expires_at, usegmt=True),
        "Cache-Control": "no-store",
    }
    return headers | ({"Upload-Metadata": upload.metadata} if upload.metadata else {})
