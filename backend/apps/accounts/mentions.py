"""People whom a text names as `@username`."""

from apps.accounts.models import User
from apps.common.markup import Mentioned, names_in

__all__ = ["Mentioned", "people_named"]

MAX_NAMED = 20
"""Names that are looked up in one text; a text that calls more people than that calls the first of them."""


def people_named(body: str) -> Mentioned:
    """The active accounts that the text may name, for `render_comment`. One query, none for a text without an `@`."""
    names = names_in(body, at_most=MAX_NAMED)
    if not names:
        return Mentioned()
    people = User.objects.filter(is_active=True, username__lower__in=names).values_list("pk", "username")
    return Mentioned({username.lower(): (pk, username) for pk, username in people})
