"""Export and deletion."""

from datetime import timedelta

from django.utils import timezone

from apps.profiles.models import Export
from tests.scenes import Scene, Scenes


def _with_archive(scene: Scene) -> None:
    now = timezone.now()
    export = Export.objects.create(
        user=scene.chief, status="ready", ready_at=now, expires_at=now + timedelta(days=1), size=4
    )
    export.path.parent.mkdir(parents=True, exist_ok=True)
    export.path.write_bytes(b"PK\5\6")


SCENES: Scenes = {"get_export": _with_archive, "download_export": _with_archive}
