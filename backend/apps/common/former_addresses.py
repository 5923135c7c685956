"""What is remembered of addresses on another system."""

import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from apps.common.models import FormerAddress

LONGEST = 500


def remember_addresses(paths: Iterable[str], *, home: str) -> None:
    """These paths lead to `home` from now on, as far as they are others and lead nowhere else."""
    others = dict.fromkeys(path for path in paths if path != home and len(path) <= LONGEST)
    rows = [FormerAddress(path=path, home=home) for path in others]
    FormerAddress.objects.bulk_create(rows, ignore_conflicts=True)


def home_of(path: str) -> str:
    """Where what was at this path is now; empty where nothing is known of it."""
    if len(path) > LONGEST or "\0" in path:
        return ""
    return FormerAddress.objects.filter(path=path).values_list("home", flat=True).first() or ""


def path_in(address: str) -> str:
    """The path of a whole address as it is remembered; empty for a front page, and for what is no address."""
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return ""
    decoded = unquote(path, errors="replace").replace("\0", "")
    return unicodedata.normalize("NFC", decoded).rstrip("/") if decoded.startswith("/") else ""


def path_of_number(number: str) -> str:
    """What `/?p=7` is remembered as; empty for what is no number."""
    is_number = number.isascii() and number.isdigit() and len(number) <= 12
    return f"/?p={int(number)}" if is_number else ""
