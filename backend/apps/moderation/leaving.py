"""What goes with an account that is deleted."""

from django.db import transaction

from apps.accounts.models import User
from apps.moderation.models import Appeal, Case, Report
from apps.moderation.services.cases import close_case


@transaction.atomic
def forget_moderation(user: User) -> None:
    """Delete the words of their reports and appeals. That there was a report stays, and what was decided: the log names
    people by numbers alone. What waits to be decided about them does so no more. Safe to repeat."""
    Report.objects.filter(reporter=user).exclude(detail="").update(detail="")
    appeals = Appeal.objects.filter(appellant=user)
    appeals.filter(state=Appeal.State.OPEN).delete()
    appeals.exclude(text="").update(text="")
    for case in Case.objects.open().select_for_update().filter(person=user):
        close_case(case, outcome=Report.Outcome.UPHELD)
