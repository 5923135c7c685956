"""What moderators impose on people. Why, and by whom, is written down by whoever calls."""

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User


@transaction.atomic
def impose(*, user: User, silenced_until: datetime | None = None, suspended_until: datetime | None = None) -> User:
    """Set until when the person may not write, and until when they are kept out; None for neither. What is enforced
    looks at these two whenever it is asked, so both begin with the next request."""
    locked: User = User.objects.select_for_update().get(pk=user.pk)
    locked.silenced_until, locked.suspended_until = silenced_until, suspended_until
    locked.save(update_fields=["silenced_until", "suspended_until"])
    return locked
