"""Codes that are sent by mail. They are stored nowhere: each is derived from its challenge and our secret key."""

import hmac

from django.utils.crypto import salted_hmac

from apps.accounts.models import Challenge

DIGITS = 8


def code_for(challenge: Challenge, *, to: str = "") -> str:
    """The code that was sent last for this challenge. `to` tells several recipients of one challenge apart."""
    text = f"{challenge.pk}:{challenge.sends}:{to or challenge.email}"
    digest = salted_hmac("apps.accounts.codes", text, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def for_people(code: str) -> str:
    """In two groups, which are easier to read and type."""
    return f"{code[:4]} {code[4:]}"


def is_right(given: str, challenge: Challenge, *, to: str = "") -> bool:
    """Compare in constant time; spaces and hyphens do not count."""
    typed = given.replace(" ", "").replace("-", "")
    return hmac.compare_digest(typed.encode(), code_for(challenge, to=to).encode())
