"""What a username and a password may be."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

USERNAME_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_.-]{1,29}"
validate_username = RegexValidator(
    rf"^{USERNAME_PATTERN}\Z",
    "Use 2 to 30 letters (A–Z), digits, dots, hyphens or underscores, starting with a letter or digit.",
    code="invalid_username",
)

RESERVED_USERNAMES = frozenset(
    [
        "about",
        "abuse",
        "admin",
        "administrator",
        "anonymous",
        "api",
        "byline",
        "contact",
        "help",
        "me",
        "moderator",
        "null",
        "none",
        "official",
        "postmaster",
        "root",
        "security",
        "staff",
        "support",
        "system",
        "undefined",
        "webmaster",
    ]
)

DELETED_USERNAME = re.compile(r"deleted-\d+", re.IGNORECASE)
"""What deleted accounts are called. Nobody else can have such a name, so that it says what they are."""


def is_reserved(username: str) -> bool:
    """Whether people cannot have this name."""
    return username.lower() in RESERVED_USERNAMES or DELETED_USERNAME.fullmatch(username) is not None


class ContextWordsValidator:
    """Refuses what everybody would try at this publication first: its name, its host, the software's name, alone or
    with digits and punctuation around (ASVS 6.2.11)."""

    def validate(self, password: str, user: Any = None) -> None:
        from apps.site.services import get_site

        texts = ["byline", get_site().name, settings.PUBLIC_HOST]
        words = {_letters(word) for text in texts for word in (text, *text.split(), *text.split("."))}
        if _letters(password) in words - {""}:
            raise ValidationError("Choose something that has less to do with this site.", code="context_word")

    def get_help_text(self) -> str:
        return "Use more than the name of this site."


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalpha())


class MaximumLengthValidator:
    """Hashing a megabyte costs an attacker nothing and us a lot."""

    maximum = 128

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > self.maximum:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return f"Use at most {self.maximum} characters."
