"""Who may react. Pure functions."""

from django.utils import timezone

from apps.accounts.models import User


def is_silenced(user: User) -> bool:
    """Whether moderators let the account read, and nothing more, for now."""
    return user.silenced_until is not None and user.silenced_until > timezone.now()
