"""The link in the mail of a suspension: it lets the person concerned appeal, who cannot sign in meanwhile."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer

from apps.notifications.unsubscribing import BadToken


@dataclass(frozen=True)
class AppealLink:
    """What its token says."""

    person_id: int
    decision: int


def token_for(link: AppealLink) -> str:
    """Lets whoever has it appeal against this one decision in the person's name, which can be done once, and do nothing
    else. When it is too late to appeal, it is of no use any more."""
    return _signer().sign(f"{link.person_id}.{link.decision}")


def address_of(link: AppealLink) -> str:
    """In the fragment, which servers are not told."""
    return f"{settings.PUBLIC_URL}/appeal#{token_for(link)}"


def read(token: str) -> AppealLink:
    """Raises BadToken."""
    try:
        person_id, _, decision = _signer().unsign(token).partition(".")
    except BadSignature as error:
        raise BadToken("This link is not complete. Take all of it from the mail.") from error
    return AppealLink(int(person_id), int(decision))


def _signer() -> Signer:
    return Signer(sep=".", salt="apps.notifications.appeal_links")
