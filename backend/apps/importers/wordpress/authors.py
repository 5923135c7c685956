"""Whose posts they are: the accounts that stand for an export's authors.

An account that is there already only ever gets posts: neither its roles nor its name, e-mail or password change.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.accounts.services import assign_roles
from apps.accounts.validators import is_reserved
from apps.common.slugs import unused
from apps.importers.models import ImportedAuthor
from apps.importers.wordpress.keys import limited_key
from apps.importers.wordpress.records import Site, WxrAuthor
from apps.importers.wordpress.summary import Summary

NOBODY = WxrAuthor(login="imported", name="Imported")
NO_MAIL = "import.invalid"


class Authors:
    """Finds or makes the account of each author of one export. `mapping`: usernames here by login there."""

    def __init__(self, site: Site, summary: Summary, mapping: dict[str, User] | None = None) -> None:
        self._site = site
        self._summary = summary
        self._mapping = {_normalised(login): user for login, user in (mapping or {}).items()}
        self._by_login: dict[str, User] = {}
        self._by_number: dict[str, User] = {}

    def add(self, author: WxrAuthor) -> User:
        """The account of an author whom the export describes."""
        user = self._by_login.get(_normalised(author.login))
        if user is None:
            user = self._by_login[_normalised(author.login)] = self._find_or_make(author)
        if author.number not in {"", "0"}:
            self._by_number.setdefault(author.number, user)
        return user

    def of_login(self, login: str) -> User:
        """The account of an item's creator, whom old exports name without describing."""
        return self.add(WxrAuthor(login=login) if _normalised(login) else NOBODY)

    def of_number(self, number: str) -> User | None:
        """The account of a comment's author: one of the described authors, or None for a guest."""
        return self._by_number.get(number)

    @transaction.atomic
    def _find_or_make(self, author: WxrAuthor) -> User:
        key = limited_key(self._site.key, "author", _normalised(author.login))
        known = ImportedAuthor.objects.select_related("user").filter(import_key=key).first()
        if known:
            self._summary.unchanged["authors"] += 1
            return known.user
        user = self._mapping.get(_normalised(author.login)) or self._matching(author)
        if user:
            self._summary.unchanged["authors"] += 1
            self._summary.note(f"The author “{author.login}” is the existing account “{user.username}”.")
        else:
            user = self._make(author)
            self._summary.imported["authors"] += 1
        ImportedAuthor.objects.create(import_key=key, user=user)
        return user

    def _matching(self, author: WxrAuthor) -> User | None:
        """The existing account with the author's e-mail; by the name alone only where the export has no e-mail."""
        email = _valid_email(author.email)
        if not email:
            return User.objects.named(author.login).first() if author is not NOBODY else None
        user: User | None = User.objects.identified_by(email).first()
        if user and ImportedAuthor.objects.filter(user=user, import_key__startswith=f"{self._site.key}:").exists():
            return None  # two authors of one site are two people, whatever their e-mails
        return user

    def _make(self, author: WxrAuthor) -> User:
        username = _free_username(author.login)
        email = _valid_email(author.email)
        if not email or User.objects.identified_by(email).exists():
            email = unused(
                f"{username.lower()}@{NO_MAIL}", lambda text: User.objects.filter(email__lower=text).exists()
            )
            self._summary.note(f"“{author.login}” has no e-mail address of its own; the account got {email}.")
        user = User(username=username, email=email, display_name=(author.name or author.login)[:80].strip())
        user.set_unusable_password()
        user.save(force_insert=True)
        return assign_roles(user=user, roles=[Role.AUTHOR])


def _normalised(login: str) -> str:
    """A login as it is compared: exports spell the same one in several ways."""
    return re.sub(r"[^\w.@-]+", "-", login.casefold()).strip("-.")


def _valid_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text if len(text) <= 254 else ""


def _free_username(login: str) -> str:
    """A username that is valid, free and not reserved, as near to the login as can be."""
    plain = unicodedata.normalize("NFKD", login.partition("@")[0]).encode("ascii", "ignore").decode()
    base = re.sub(r"[^A-Za-z0-9_.-]+", "-", plain).strip("-._")[:30]
    if len(base) < 2:
        base = f"author-{base}".strip("-")

    def is_taken(name: str) -> bool:
        return is_reserved(name) or User.objects.named(name).exists()

    return unused(base, is_taken, max_length=30)
