"""What goes with an account that is deleted."""

from apps.accounts.models import User
from apps.notifications.models import Actor, Notification, Preference

_AT_ONCE = 1000


def forget_notifications(user: User) -> None:
    """Delete the inbox, the wishes, and that they did what is told in others' inboxes, a batch at a time. Safe to
    repeat."""
    rows = Notification.objects.filter(recipient=user).order_by()
    while ids := list(rows.values_list("pk", flat=True)[:_AT_ONCE]):
        Notification.objects.filter(pk__in=ids).delete()
    Actor.objects.filter(person=user).delete()
    Preference.objects.filter(user=user).delete()
