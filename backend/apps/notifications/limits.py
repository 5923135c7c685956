"""How many mails at once one person can bring about. What is beyond stands in inboxes alone: so nobody who has just
signed up uses us to write to everybody, or to one person all the time."""

import time

from django.conf import settings
from django.core.cache import cache

HOUR = 3600
MAILS_AN_HOUR = 60


def may_mail_at_once(actor_id: int) -> bool:
    """Count one more mail; whether it is within the hour's limit. With the cache away, there is none."""
    key = f"notifications:mails:{actor_id}:{int(time.time()) // HOUR}"
    cache.add(key, 0, timeout=HOUR)
    try:
        caused = int(cache.incr(key) or 0)
    except ValueError:  # it was forgotten in between
        return True
    return caused <= MAILS_AN_HOUR or not settings.RATE_LIMITS_ENABLED
