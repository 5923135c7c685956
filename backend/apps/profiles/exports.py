"""Asking for an archive of everything about oneself, and fetching it. `archive` says what is in it."""

from datetime import timedelta
from functools import partial

import structlog
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.clients import NOBODY, Client
from apps.accounts.models import SecurityEvent, User
from apps.accounts.security_log import Kind, log_event
from apps.common import outbox
from apps.common.errors import TooManyAttempts
from apps.profiles.models import Export

logger = structlog.get_logger(__name__)

EXPORT_ASKED = "profiles.export_asked"
EXPORT_ENDED = "profiles.export_ended"
MAX_ATTEMPTS = 3
EXPORTS_A_DAY = 10
_DAY = timedelta(days=1)


def ask_for_export(*, user: User, client: Client = NOBODY) -> Export:
    """The archive that is being made, or a new one, which takes the place of the one before.

    Raises TooManyAttempts for who asks all day: an archive may keep a worker busy for a while.
    """
    waiting = Export.objects.filter(user=user, status=Export.Status.WAITING)
    present = waiting.first()
    if present is not None:
        return present
    _refuse_too_many(user)
    try:
        with transaction.atomic():
            export = Export.objects.create(user=user)
            forget_exports(Export.objects.filter(user=user).exclude(pk=export.pk))
            log_event(user=user, kind=Kind.EXPORT_ASKED, client=client)
            outbox.record(EXPORT_ASKED, {"export_id": export.pk})
    except IntegrityError:  # asked twice at once: the constraint let one through
        return waiting.get()
    return export


def _refuse_too_many(user: User) -> None:
    asked = SecurityEvent.objects.filter(user=user, kind=Kind.EXPORT_ASKED, detail="")
    since = timezone.now() - _DAY
    times = list(
        asked.filter(created_at__gt=since).order_by("-id").values_list("created_at", flat=True)[:EXPORTS_A_DAY]
    )
    if len(times) == EXPORTS_A_DAY:
        raise TooManyAttempts(max(1, round((times[-1] - since).total_seconds())))


def latest_export(user: User) -> Export | None:
    """The latest one that has not expired."""
    export = Export.objects.filter(user=user).first()
    gone = export is not None and export.expires_at is not None and export.expires_at <= timezone.now()
    return None if gone else export


def downloadable_export(user: User) -> Export | None:
    """The latest one, if it is ready and its file is there."""
    export = latest_export(user)
    is_there = export is not None and export.status == Export.Status.READY and export.path.is_file()
    return export if is_there else None


def note_download(export: Export, *, client: Client) -> None:
    """Put it into the owner's log: whoever holds the archive knows everything."""
    log_event(user=export.user, kind=Kind.EXPORT_ASKED, client=client, detail="downloaded")


def forget_exports(exports: QuerySet[Export]) -> int:
    """Delete rows, and their files once that is certain; returns how many."""
    rows = list(exports)
    Export.objects.filter(pk__in=[export.pk for export in rows]).delete()
    for export in rows:
        transaction.on_commit(partial(export.path.unlink, missing_ok=True), robust=True)
    return len(rows)
