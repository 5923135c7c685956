"""Dates of an export: `2012-03-15 21:38:08`, zeros where there is none, RFC 822 in `pubDate`."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_STAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})")
_YEAR = re.compile(r"\s[12]\d{3}\s")
EARLIEST = datetime(1, 1, 2, tzinfo=UTC)


def parse_stamp(text: str) -> datetime | None:
    """A stamp as a UTC time; None for `0000-00-00 00:00:00` and for what is no date."""
    match = _STAMP.match(text.strip())
    if not match:
        return None
    year, month, day, hour, minute, second = map(int, match.groups())
    try:
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None


def parse_published(text: str) -> datetime | None:
    """The time in `pubDate`; a draft has one in the year -0001, which is none (and would be read as 2000)."""
    if not _YEAR.search(text):
        return None
    try:
        moment = parsedate_to_datetime(text.strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment if moment >= EARLIEST else None


def first_date(*stamps: str, published: str = "") -> datetime | None:
    """The first of these stamps that is a date, else `pubDate`. Give the stamp in GMT first: the local one is
    read as UTC too, since an export doesn't tell the site's time zone."""
    for stamp in stamps:
        moment = parse_stamp(stamp)
        if moment:
            return moment
    return parse_published(published) if published else None
