"""Conditional requests.

An entity tag is `"<version>.<digest>"`: reading compares all of it, writing the version alone.
"""

import hashlib
import re

from apps.common.errors import PreconditionRequired, VersionConflict

_TAG = re.compile(r'(?:W/)?"([^"]*)"')
ANY_VERSION = -1
"""What `If-Match: *` expects: that the resource exists, whatever its version."""


def entity_tag(version: int, content: bytes) -> str:
    """The tag of a representation: `version` counts edits, the digest everything else that shows."""
    return f'"{version}.{hashlib.blake2b(content, digest_size=9).hexdigest()}"'


def none_match(header: str, tag: str) -> bool:
    """Whether an If-None-Match header names `tag` (weak comparison: a proxy may have added `W/`)."""
    return header.strip() == "*" or tag.strip('"') in _TAG.findall(header)


def expected_versions(header: str | None) -> set[int]:
    """The versions an If-Match header accepts. A missing header is 428; tags that are not ours accept nothing."""
    if header is None or not header.strip():
        raise PreconditionRequired
    if header.strip() == "*":
        return {ANY_VERSION}
    versions = (tag.split(".", 1)[0] for tag in _TAG.findall(header))
    return {int(version) for version in versions if version.isascii() and version.isdigit() and len(version) < 12}


def check_version(current: int, expected: set[int] | None) -> None:
    """Refuse a write that was based on another version. `None` means that the caller decides (admin, imports)."""
    if expected is not None and current not in expected and ANY_VERSION not in expected:
        raise VersionConflict(current)
