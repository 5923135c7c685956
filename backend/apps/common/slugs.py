"""Slugs: any Unicode letters, digits, hyphens and underscores."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django.core.validators import RegexValidator
from django.db import models

SLUG_PATTERN = r"[-\w]+"
LONGEST_SLUG = 120
"""Characters; the column of a post's is this long."""
validate_slug = RegexValidator(
    rf"^{SLUG_PATTERN}\Z", "Use letters, digits, hyphens and underscores.", code="invalid_slug"
)


def is_slug(text: str) -> bool:
    """Whether anything could have this slug."""
    return len(text) <= LONGEST_SLUG and re.fullmatch(SLUG_PATTERN, text) is not None


class UnicodeSlugField(models.SlugField):
    """A slug in any script; stored in Unicode's composed form (NFC)."""

    default_validators = [validate_slug]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["allow_unicode"] = True
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def slugify(text: str, *, max_length: int = 80) -> str:
    """A slug from any text, cut at a word where possible; empty when nothing in the text can be part of one."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"[’'`´]", "", text)
    slug = re.sub(r"[^\w]+", "-", text).strip("-_")
    if len(slug) > max_length:
        cut = slug[: max_length + 1].rpartition("-")[0]
        slug = (cut if len(cut) > max_length // 2 else slug[:max_length]).strip("-_")
    return slug


def unused(base: str, is_taken: Callable[[str], bool], *, max_length: int = 80) -> str:
    """`base`, or `base-2`, `base-3`, … : one that is not taken, the first where they were given out in order."""
    candidate = base[:max_length]
    if not is_taken(candidate):
        return candidate

    def numbered(number: int) -> str:
        suffix = f"-{number}"
        return base[: max_length - len(suffix)] + suffix

    return numbered(first_free(lambda number: is_taken(numbered(number)), start=2))


def first_free(is_taken: Callable[[int], bool], *, start: int = 1) -> int:
    """A number that is not taken while the one before it is; asks about the logarithm of it, not about each."""
    if not is_taken(start):
        return start
    taken, step = start, 1
    while is_taken(taken + step):
        taken, step = taken + step, step * 2
    free = taken + step
    while free - taken > 1:
        middle = (taken + free) // 2
        if is_taken(middle):
            taken = middle
        else:
            free = middle
    return free
