"""Slugs: letters, digits and marks of any script, hyphens and underscores.

Python's `\\w` leaves out marks, without which neither Hindi nor Tamil nor Thai can be written.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

SLUG_PATTERN = r"[^\x00-,./:-@\[-^`{-\x7f]+"
"""What may be one in an address: of ASCII, `[-\\w]`, and all beyond it. Means the same in every language's patterns."""
LONGEST_SLUG = 120
"""Characters; the column of a post's is this long."""
_DROPPED = re.compile(
    "[’'`´\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u034f\u180b-\u180f\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
"""Apostrophes; accents that are no part of a letter even in Unicode's composed form; and invisible characters that say
how the one before is drawn."""


def validate_slug(text: str) -> None:
    """Raises ValidationError for what can't be a slug. Of a composed text."""
    if not _is_written_as_slug(text):
        raise ValidationError("Use letters, digits, hyphens and underscores.", code="invalid_slug")


def is_slug(text: str) -> bool:
    """Whether anything could have this slug."""
    return len(text) <= LONGEST_SLUG and _is_written_as_slug(text)


def _is_written_as_slug(text: str) -> bool:
    return all(map(_fits, text)) and not _DROPPED.search(text) and unicodedata.category(text[:1] or " ")[0] not in "MZ"


def _fits(char: str) -> bool:
    return char in "-_" or unicodedata.category(char)[0] in "LMN"


def composed(text: str) -> str:
    """The text in Unicode's composed form, in which slugs are kept."""
    return unicodedata.normalize("NFC", text)


class _SlugFormField(forms.SlugField):
    default_validators = [validate_slug]

    def to_python(self, value: Any) -> Any:
        return composed(super().to_python(value) or "")


class UnicodeSlugField(models.SlugField):
    """A slug in any script; stored in Unicode's composed form."""

    default_validators = [validate_slug]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["allow_unicode"] = False  # Django's own rule for Unicode, which knows no marks, is not asked for
        super().__init__(*args, **kwargs)
        self.allow_unicode = True

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": _SlugFormField, "allow_unicode": False, **kwargs})

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return composed(value) if isinstance(value, str) else value


def slugify(text: str, *, max_length: int = 80) -> str:
    """A slug from any text, cut at a word where possible; empty when nothing in the text can be part of one."""
    text = composed(_DROPPED.sub("", unicodedata.normalize("NFKC", text).lower()))
    slug = re.sub("-+", "-", "".join(char if _fits(char) else "-" for char in text)).strip("-_")
    if len(slug) > max_length:
        cut = slug[: max_length + 1].rpartition("-")[0]
        slug = (cut if len(cut) > max_length // 2 else slug[:max_length]).strip("-_")
    return slug


def without_marks(slug: str) -> str:
    """The slug as it was made before slugs kept marks. What was named then is still found by its name."""
    return re.sub(r"\W+", "-", slug).strip("-_")


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
