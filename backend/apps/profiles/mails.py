"""Mail about archives."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import lazy

from apps.accounts.mails.kinds import declare
from apps.accounts.mails.sending import greeting_name, send_mail
from apps.common.outbox import subscribe
from apps.profiles.exports import EXPORT_ENDED
from apps.profiles.models import Export

EXPORT = declare(
    "export",
    app="profiles",
    variants={
        "ready": {"name": "Mina Okafor", "ready": True, "expires_on": "28 November 2026"},
        "failed": {"name": "Mina Okafor", "ready": False},
    },
)
_day: Callable[[datetime], Any] = lazy(lambda moment: date_format(moment, "DATE_FORMAT"), str)


@subscribe(EXPORT_ENDED)
def send_export_mail(payload: dict[str, Any]) -> None:
    """Say that the archive can be fetched, or that it could not be made."""
    export = Export.objects.select_related("user").filter(pk=payload["export_id"], user__is_active=True).first()
    if export is None or export.status == Export.Status.WAITING:
        return
    context = {
        "name": greeting_name(export.user),
        "ready": export.status == Export.Status.READY,
        "expires_on": _day(export.expires_at) if export.expires_at else "",
    }
    send_mail(
        kind=EXPORT,
        to=export.user.email,
        language=export.user.language,
        context=context,
        key=f"{export.pk}:{export.status}",
    )
