"""Import keys: what tells a piece of content from all others, of this site and of any other one."""

import hashlib

MAX_LENGTH = 200


def limited_key(*parts: str) -> str:
    """The parts with colons between; the end of a key that is too long is replaced by its digest."""
    key = ":".join(parts)
    if len(key) <= MAX_LENGTH:
        return key
    return key[:130] + "#" + hashlib.sha256(key.encode()).hexdigest()
