"""Jobs about images."""

from typing import Any

from apps.common.models import Priority
from apps.common.outbox import subscribe
from apps.common.periodic import every
from apps.media.services import (
    IMAGE_RECEIVED,
    IMAGE_RETIRED,
    make_renditions,
    remove_files,
    remove_what_was_taken_away,
    sweep,
)


@subscribe(IMAGE_RECEIVED, priority=Priority.PATIENT)
def make_picture_ready(payload: dict[str, Any]) -> None:
    make_renditions(payload["image_id"])


@subscribe(IMAGE_RETIRED, priority=Priority.PATIENT)
def remove_retired_files(payload: dict[str, Any]) -> None:
    remove_files(payload["image_id"])


@subscribe("accounts.changed")
def remove_taken_pictures(payload: dict[str, Any]) -> None:
    """An administrator has changed an account."""
    remove_what_was_taken_away(payload["user_id"])


@every(minutes=10)
def sweep_images() -> None:
    """Let go of images that nothing shows any more."""
    sweep()
