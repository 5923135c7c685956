"""Jobs of profiles: making archives, forgetting them, deleting accounts whose time has come."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from apps.common import outbox
from apps.common.models import Priority
from apps.common.outbox import subscribe
from apps.common.periodic import every
from apps.profiles.archive import write_archive
from apps.profiles.deletion import delete_account, due_accounts
from apps.profiles.exports import EXPORT_ASKED, EXPORT_ENDED, MAX_ATTEMPTS, forget_exports
from apps.profiles.models import Export

logger = structlog.get_logger(__name__)

DELETING_LASTS = timedelta(seconds=30)
STRAY_AFTER = timedelta(days=1)


@subscribe(EXPORT_ASKED, priority=Priority.PATIENT)
def make_export(payload: dict[str, Any]) -> None:
    """Make the archive. An error is the outbox's to repeat; after MAX_ATTEMPTS beginnings, ended by errors or by the
    death of a worker, it has failed."""
    waiting = Export.objects.filter(pk=payload["export_id"], status=Export.Status.WAITING)
    if not waiting.update(attempts=F("attempts") + 1):
        return  # made already, or another one took its place
    export = waiting.select_related("user").first()
    if export is None:
        return
    if export.attempts > MAX_ATTEMPTS:
        logger.error("export.failed", export_id=export.pk)
        _end(export, status=Export.Status.FAILED)
        return
    size = write_archive(export.user, export.path)
    now = timezone.now()
    ended = _end(export, status=Export.Status.READY, size=size, ready_at=now, expires_at=now + settings.EXPORT_LIFETIME)
    if not ended and not Export.objects.filter(pk=export.pk).exists():
        export.path.unlink(missing_ok=True)


@transaction.atomic
def _end(export: Export, **changes: Any) -> bool:
    if not Export.objects.filter(pk=export.pk, status=Export.Status.WAITING).update(**changes):
        return False
    outbox.record(EXPORT_ENDED, {"export_id": export.pk})
    return True


@every(hours=1)
def forget_old_exports() -> int:
    """Delete archives that have expired, with their files, and what was left lying about; returns how many rows."""
    now = timezone.now()
    old = Q(expires_at__lte=now) | Q(status=Export.Status.FAILED, requested_at__lte=now - settings.EXPORT_LIFETIME)
    gone = forget_exports(Export.objects.filter(old))
    _sweep(Path(settings.EXPORT_ROOT), before=time.time() - STRAY_AFTER.total_seconds())
    return gone


@every(minutes=5)
def delete_due_accounts() -> int:
    """Delete accounts whose time has come, as many as there is time for; the next run carries on. Returns how many."""
    started, deleted = time.monotonic(), 0
    for user in due_accounts():
        if time.monotonic() - started > DELETING_LASTS.total_seconds():
            break
        delete_account(user)
        deleted += 1
    return deleted


def _sweep(folder: Path, *, before: float) -> None:
    """Remove files that belong to nobody: of workers that died, and of rows that are gone."""
    if not folder.is_dir():
        return
    known = {f"{name}.zip" for name in Export.objects.values_list("name", flat=True)}
    for path in folder.iterdir():
        if path.suffix in {".zip", ".part"} and path.name not in known and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
