"""What can go wrong with comments."""

from apps.common.errors import DomainError


class NotWelcome(DomainError):
    """Somebody has blocked the caller. The words say what does not work, and of whom, but not whom it is meant for."""

    status = 403
    code = "not_welcome"
    title = "You cannot comment here"
