"""Appeals: once for each decision, by the person whom it concerns."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.common.errors import InvalidState
from apps.moderation.errors import AlreadyDecided, NoCase
from apps.moderation.models import Appeal, Decision
from apps.moderation.policies import is_appealable
from apps.moderation.services.decisions import require_unanswered
from apps.moderation.services.effects import time_of
from apps.notifications import appeal_links
from apps.notifications.unsubscribing import BadToken

APPEAL_WITHIN = timedelta(days=90)


@transaction.atomic
def appeal_against(*, person: User, number: int, text: str) -> Appeal:
    """Ask for another look. Raises NoCase for what does not concern the person, AlreadyDecided the second time."""
    decision: Decision | None = Decision.objects.concerning(person).filter(number=number).first()
    if decision is None:
        raise NoCase("There is no decision of this number that concerns you.")
    if not is_appealable(decision):
        raise InvalidState("There is nothing in this decision to appeal against.")
    if _begins(decision) < timezone.now() - APPEAL_WITHIN:
        raise InvalidState(f"Decisions can be appealed against for {APPEAL_WITHIN.days} days.")
    require_unanswered(number)
    try:
        with transaction.atomic():
            return Appeal.objects.create(decision=decision, appellant=person, text=text)
    except IntegrityError as error:
        raise AlreadyDecided("You have appealed against this decision before; that can be done once.") from error


def appeal_by_link(*, token: str, text: str) -> Appeal:
    """The same by the link in the mail of a decision, for who cannot sign in. Raises BadToken as well."""
    link = appeal_links.read(token)
    person = User.objects.filter(pk=link.person_id, is_active=True).first()
    if person is None:
        raise BadToken("The account that this link was made for is gone.")
    return appeal_against(person=person, number=link.decision, text=text)


def _begins(decision: Decision) -> datetime:
    """From when on the person has time to appeal: from the end of a suspension, whoever lost the mail with the link."""
    until = time_of(decision.after.get("suspended_until"))
    return max(decision.created_at, until) if until else decision.created_at
