"""Browsers in which an account was signed in: their tries are counted apart from those of strangers.

So whoever uses up an account's limit, from however many addresses and for however long, does not keep its owner out.
The cookie opens nothing. It holds a random name and keyed digests of the names of the account, so that nothing has to
be looked up and it says nothing to whoever reads it.
"""

import hmac
import secrets
from datetime import timedelta

from django.core import signing
from django.utils.crypto import salted_hmac

from apps.accounts.models import User

LASTS = timedelta(days=180)
_SALT = "apps.accounts.known_browsers"


def make_mark(user: User) -> str:
    """What the browser keeps after the account was signed in."""
    names = [_digest(user.username), _digest(user.email)]
    return signing.dumps({"id": secrets.token_urlsafe(12), "names": names}, salt=_SALT)


def browser_known_to(name: str, mark: str) -> str:
    """The browser's own name where the account of that name was signed in there; nothing for every other."""
    if not mark:
        return ""
    try:
        kept = signing.loads(mark, salt=_SALT, max_age=LASTS)
        known = [hmac.compare_digest(_digest(name), str(digest)) for digest in kept["names"]]
        return str(kept["id"]) if any(known) else ""
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return ""


def _digest(name: str) -> str:
    return salted_hmac(_SALT, name.strip().lower(), algorithm="sha256").hexdigest()[:32]
