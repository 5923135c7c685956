"""Pages of hits: a page starts after the last hit of the one before, by rank, kind and position."""

import base64
import binascii
from typing import Any

import orjson

from apps.common.errors import InvalidParameters
from apps.common.pagination import Page
from apps.search.searching import Hit

Place = tuple[int, int, int]


def page_of(hits: list[Hit], *, cursor: str | None, limit: int) -> Page[Any]:
    """One page of the hits, which are in order. Raises InvalidParameters for a foreign cursor."""
    backwards, place = _decode(cursor) if cursor else (False, None)
    if place is None:
        first, last = 0, limit
    elif backwards:
        last = sum(hit.place < place for hit in hits)
        first = max(0, last - limit)
    else:
        first = sum(hit.place <= place for hit in hits)
        last = first + limit
    rows = hits[first:last]
    return Page(
        rows,
        _encode(rows[-1], backwards=False) if rows and last < len(hits) else None,
        _encode(rows[0], backwards=True) if rows and first > 0 else None,
    )


def _encode(hit: Hit, *, backwards: bool) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(["found", int(backwards), *hit.place])).decode().rstrip("=")


def _decode(cursor: str) -> tuple[bool, Place]:
    try:
        name, backwards, *place = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if name != "found" or backwards not in {0, 1}:
            raise ValueError("another list's cursor")
        if [type(part) for part in place] != [int, int, int]:
            raise ValueError("not a place")
    except (ValueError, TypeError, binascii.Error) as error:
        detail = "This cursor does not belong to this list. Start again without one."
        raise InvalidParameters([{"parameter": "cursor", "detail": detail, "code": "invalid_cursor"}]) from error
    return bool(backwards), (place[0], place[1], place[2])
