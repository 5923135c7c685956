"""What other apps' doings mean for cases, and who hears of decisions."""

from typing import Any

from apps.common.outbox import subscribe
from apps.moderation.services.cases import open_case_where_waiting, settle_deleted_comment
from apps.moderation.services.log import DECIDED
from apps.moderation.services.telling import tell_of


@subscribe("comments.created", name="moderation.open_case_of_waiting")
def open_case_of_waiting(payload: dict[str, Any]) -> None:
    """What came from elsewhere, and waited there to be approved, waits in the queue."""
    if payload.get("imported"):
        open_case_where_waiting(payload["comment_id"])


@subscribe("comments.deleted")
def close_case_of_deleted(payload: dict[str, Any]) -> None:
    settle_deleted_comment(payload["comment_id"])


@subscribe(DECIDED)
def tell_those_concerned(payload: dict[str, Any]) -> None:
    tell_of(payload["number"])
